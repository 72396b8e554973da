import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { afterAll } from 'vitest';

export type Loopback = { readonly port: number; readonly connections: () => number; readonly requests: readonly string[] };

const open: { readonly server: Server | TcpServer; readonly sockets: Set<Socket> }[] = [];

afterAll(async () => {
  await Promise.all(
    open.splice(0).map(({ server, sockets }) => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
});

const listen = async (server: Server | TcpServer, host: string): Promise<{ readonly port: number; readonly count: () => number }> => {
  const sockets = new Set<Socket>();
  let count = 0;
  server.on('connection', (socket: Socket) => {
    count += 1;
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  open.push({ server, sockets });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return { port, count: () => count };
};

/** An HTTP server of this test file, closed with all its connections when the file is done. */
export const startServer = async (answer: RequestListener, host = '127.0.0.1'): Promise<Loopback> => {
  const requests: string[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    requests.push(request.url ?? '');
    answer(request, response);
  });
  const { port, count } = await listen(server, host);
  return { port, connections: count, requests };
};

/** One that speaks bytes, for answers that are no good HTTP. */
export const startTcpServer = async (talk: (socket: Socket) => void): Promise<Loopback> => {
  const { port, count } = await listen(createTcpServer(talk), '127.0.0.1');
  return { port, connections: count, requests: [] };
};
