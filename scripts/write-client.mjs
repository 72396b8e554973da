// Writes src/client/api-types.ts, the types of the HTTP API, from the OpenAPI document of the routes (build first). With --check it
// only compares and fails when they differ. With --document FILE it writes the types of another document to standard output.
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const PLACES = ['query', 'header', 'path', 'cookie'];
const PROBLEM = 'application/problem+json';

const literal = (value) => JSON.stringify(value);
const keyOf = (name) => (/^(?:[A-Za-z_$][\w$]*|[1-9]\d*)$/.test(name) ? name : literal(name));
const union = (types) => [...new Set(types)].map(wrapped).join(' | ') || 'never';
const wrapped = (type) => (/[&|]/.test(type) ? `(${type})` : type);
const block = (lines) => (lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n}`);

/** A doc comment of the paragraphs that are there. */
const comment = (...paragraphs) => {
  const text = paragraphs.filter(Boolean).join('\n\n').replaceAll('*/', '*\\/').trim();
  if (text === '') return '';
  const lines = text.split('\n');
  return lines.length === 1 ? `/** ${text} */\n` : `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
};

const member = (name, isRequired, type, doc = '') => `${doc}${keyOf(name)}${isRequired ? '' : '?'}: ${type};`;

const nameOf = (ref) => {
  const [, kind, name] = /^#\/components\/(\w+)\/([^/]+)$/.exec(ref) ?? [];
  if (name === undefined) throw new Error(`expected a reference into #/components, got ${ref}`);
  return `components[${literal(kind)}][${literal(name.replaceAll('~1', '/').replaceAll('~0', '~'))}]`;
};

const typeOf = (schema) => {
  if (schema === true || schema === undefined) return 'unknown';
  if (schema === false) return 'never';
  if ('const' in schema) return literal(schema.const);
  if (schema.enum) return union(schema.enum.map(literal));
  const parts = [
    ...(schema.$ref ? [nameOf(schema.$ref)] : []),
    ...(schema.allOf ?? []).map(typeOf),
    ...[schema.anyOf, schema.oneOf].filter(Boolean).map((choices) => union(choices.map(typeOf))),
  ];
  if (parts.length === 0 || schema.properties) parts.push(plainType(schema));
  return parts.length === 1 ? parts[0] : parts.map(wrapped).join(' & ');
};

/** What `type` and the words that belong to it say. */
const plainType = (schema) => {
  const { type } = schema;
  if (Array.isArray(type)) return union(type.map((one) => plainType({ ...schema, type: one })));
  switch (type) {
    case 'string':
      return schema.format === 'binary' ? 'Binary' : 'string';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
    case 'null':
      return type;
    case 'array':
      return arrayType(schema);
    default:
      return type === 'object' || schema.properties || schema.additionalProperties ? objectType(schema) : 'unknown';
  }
};

/** A list of places is as long as its places, unless `items` tells of more. */
const arrayType = ({ items, prefixItems }) => {
  if (!prefixItems) return `${wrapped(typeOf(items))}[]`;
  const rest = items ? [`...${wrapped(typeOf(items))}[]`] : [];
  return `[${[...prefixItems.map(typeOf), ...rest].join(', ')}]`;
};

const objectType = ({ properties = {}, required = [], additionalProperties = undefined }) => {
  const members = Object.entries(properties).map(([name, schema]) => member(name, required.includes(name), typeOf(schema), docOf(schema)));
  const others = additionalProperties === undefined || additionalProperties === false ? null : typeOf(additionalProperties);
  if (members.length === 0) return `Record<string, ${others ?? (additionalProperties === false ? 'never' : 'unknown')}>`;
  // Beside named members only `unknown` takes them all.
  if (others === 'unknown') members.push('[name: string]: unknown;');
  return others === null || others === 'unknown' ? block(members) : `${block(members)} & Record<string, ${others}>`;
};

const docOf = (schema) => {
  const fallback = schema.default === undefined ? '' : literal(schema.default);
  const short = fallback.length <= 60 && fallback !== '{}' && fallback !== '[]' ? fallback : '';
  return comment(schema.description, short && `@default ${short}`);
};

const contentType = (content) => block(Object.entries(content).map(([mediaType, { schema }]) => member(mediaType, true, typeOf(schema))));

const parametersType = (parameters) =>
  block(
    PLACES.map((place) => {
      const here = parameters.filter((one) => one.in === place);
      const members = here.map(({ name, required, schema, description }) =>
        member(name, required === true, typeOf(schema), docOf({ ...schema, description: description ?? schema?.description })),
      );
      return member(
        place,
        here.some(({ required }) => required),
        here.length === 0 ? 'never' : block(members),
      );
    }),
  );

const responseType = ({ headers = {}, content }) => {
  const kinds = Object.keys(content ?? {});
  if (kinds.length === 1 && kinds[0] === PROBLEM) return 'Refusal';
  const members = Object.entries(headers).map(([name, { required, schema, description }]) =>
    member(name, required === true, typeOf(schema), comment(description)),
  );
  return block([
    member('headers', true, block([...members, '[name: string]: unknown;'])),
    content ? member('content', true, contentType(content)) : 'content?: never;',
  ]);
};

const operationType = ({ parameters = [], requestBody, responses }, shared, resolve) => {
  const all = [...shared, ...parameters].map(resolve);
  const body = requestBody && resolve(requestBody);
  return block([
    member('parameters', true, parametersType(all)),
    body ? member('requestBody', body.required === true, `{ content: ${contentType(body.content)} }`) : 'requestBody?: never;',
    member(
      'responses',
      true,
      block(
        Object.entries(responses).map(([status, response]) => {
          const answer = resolve(response);
          const type = responseType(answer);
          return member(status, true, type, type === 'Refusal' ? '' : comment(answer.description));
        }),
      ),
    ),
  ]);
};

const pathsType = (paths, resolve) =>
  block(
    Object.entries(paths).map(([path, item]) => {
      const operations = METHODS.filter((method) => item[method]).map((method) => {
        const operation = item[method];
        const doc = comment(operation.summary, operation.description);
        return member(method, true, operationType(operation, item.parameters ?? [], resolve), doc);
      });
      return member(path, true, block(operations));
    }),
  );

/** The module text for a document of OpenAPI 3.1: `paths`, `webhooks` and `components` as openapi-fetch reads them. */
const typesOf = (document) => {
  const { paths = {}, webhooks = {}, components = {} } = document;
  const resolve = (value) =>
    value.$ref
      ? value.$ref
          .slice(2)
          .split('/')
          .reduce((at, key) => at[key], document)
      : value;
  const schemas = Object.entries(components.schemas ?? {}).map(([name, schema]) => member(name, true, typeOf(schema), docOf(schema)));
  return [
    '// Written by scripts/write-client.mjs from the OpenAPI document. Do not edit.',
    '/** Bytes as they are. */\nexport type Binary = Blob | ArrayBuffer | Uint8Array;',
    `export type paths = ${pathsType(paths, resolve)};`,
    `export type webhooks = ${pathsType(webhooks, resolve)};`,
    `export type components = { schemas: ${block(schemas)} };`,
    `type Refusal = { headers: { [name: string]: unknown }; content: { ${literal(PROBLEM)}: components['schemas']['Problem'] } };`,
    '',
  ].join('\n\n');
};

const formatted = (text, file) => {
  const biome = fileURLToPath(new URL('../node_modules/@biomejs/biome/bin/biome', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [biome, 'format', `--stdin-file-path=${file}`], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    input: text,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  if (status !== 0) throw new Error(`expected the types to be well formed, got: ${stderr}`);
  return stdout;
};

const builtDocument = async () => {
  const { openApiDocument } = await import('../dist/apps/server/openapi/document.js');
  const { ROUTES } = await import('../dist/apps/server/routes/index.js');
  return JSON.parse(JSON.stringify(openApiDocument(ROUTES, '0.0.0', null)));
};

const FILE = 'src/client/api-types.ts';
const { values } = parseArgs({ options: { check: { type: 'boolean' }, document: { type: 'string' } } });
if (values.document !== undefined) {
  process.stdout.write(formatted(typesOf(JSON.parse(await readFile(values.document, 'utf8'))), FILE));
} else {
  const place = new URL(`../${FILE}`, import.meta.url);
  const text = formatted(typesOf(await builtDocument()), FILE);
  if ((await readFile(place, 'utf8').catch(() => '')) !== text) {
    if (values.check) {
      process.stderr.write(`${FILE} is out of date; run "node scripts/write-client.mjs" after a build\n`);
      process.exitCode = 1;
    } else await writeFile(place, text);
  }
}
