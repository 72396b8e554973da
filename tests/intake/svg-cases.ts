import { PNG } from 'pngjs';

const svg = (body: string, attributes = 'width="120" height="120" viewBox="0 0 120 120"'): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${body}</svg>`;

/** Two by two: red, green, blue and half transparent yellow. */
const squares = new PNG({ width: 2, height: 2 });
squares.data = Buffer.from([255, 0, 0, 255, 0, 160, 0, 255, 0, 0, 255, 255, 255, 220, 0, 128]);
const PIXEL = `data:image/png;base64,${PNG.sync.write(squares).toString('base64')}`;

/** Drawings that an independent renderer and our reader must agree on. */
export const SVG_CASES: Readonly<Record<string, string>> = {
  'basic shapes':
    svg(`<rect x="5" y="5" width="40" height="30" rx="8" ry="4" fill="tomato"/><circle cx="80" cy="25" r="18" fill="rgb(30,120,200)"/>
    <ellipse cx="30" cy="75" rx="24" ry="14" fill="hsl(120 60% 40%)"/><line x1="60" y1="50" x2="115" y2="70" stroke="#803" stroke-width="5"/>
    <polyline points="60,90 75,110,90,85 105-0 115 100" fill="none" stroke="navy" stroke-width="3"/><polygon points="10 100 30 118 5 118" fill="#0a08"/>`),
  'path commands': svg(
    `<path d="M10 10h30v20H10zm5 5v10h20V15z" fill-rule="evenodd"/><path d="M60 20q20-30 40 0t15 20T70 50z" fill="teal"/>
    <path d="M10 60a25 18 30 1 1 40 20A10 10 0 0 0 20 90Z" fill="orange"/><path d="M60 100c10-30 20 20 40-20s10 10 10 30S80 80 70 110z" fill="purple"/>`,
  ),
  'nested transforms':
    svg(`<g transform="translate(60 60) rotate(20) scale(1.5,.8)"><g transform="skewX(20)"><rect x="-20" y="-20" width="40" height="40" fill="#36c"/></g>
    <rect x="-30" y="20" width="60" height="10" transform="rotate(10, 0, 25) matrix(1 0 0 1 2 3)" fill="#c33"/></g><rect width="9" height="9" transform="skewY(30) translate(5)"/>`),
  'uneven stroke scale': svg(
    `<g transform="scale(3,1)"><circle cx="20" cy="30" r="12" fill="none" stroke="#222" stroke-width="4"/></g><g transform="skewX(30)"><path d="M4 70 20 110 36 70" fill="none" stroke="red" stroke-width="5" stroke-linejoin="round"/></g>`,
  ),
  dashes: svg(
    `<rect x="10" y="10" width="100" height="60" fill="#eef" stroke="#05a" stroke-width="4" stroke-dasharray="12 5 3"/><path d="M10 95 C40 60 80 130 110 95" fill="none" stroke="black" stroke-width="6" stroke-linecap="round" stroke-dasharray="0 12" stroke-dashoffset="4"/>`,
  ),
  'caps and joins': svg(
    `<g fill="none" stroke="#444" stroke-width="10"><path d="M20 40 40 15 60 40" stroke-linecap="square"/><path d="M70 40 90 15 110 40" stroke-linejoin="round" stroke-linecap="round"/><path d="M20 90 40 65 60 90" stroke-linejoin="bevel"/><path d="M70 100 90 62 96 110" stroke-miterlimit="10"/></g>`,
  ),
  gradients:
    svg(`<defs><linearGradient id="a"><stop offset="0" stop-color="red"/><stop offset="50%" stop-color="#ff0" stop-opacity=".6"/><stop offset="1" style="stop-color:blue"/></linearGradient>
    <linearGradient id="b" xlink:href="#a" x1="0" y1="0" x2="0" y2="1"/><radialGradient id="c" gradientUnits="userSpaceOnUse" cx="90" cy="90" r="25" fx="80" fy="82" href="#a" gradientTransform="rotate(10 90 90)"/>
    <radialGradient id="d"><stop stop-color="white"/><stop offset="1" stop-color="currentColor"/></radialGradient></defs>
    <rect x="5" y="5" width="50" height="50" fill="url(#a)"/><path d="M65 5h50v50z" fill="url(#b)" fill-opacity=".7"/><circle cx="90" cy="90" r="28" fill="url(#c)"/>
    <g color="green" transform="rotate(-10 30 90)"><ellipse cx="30" cy="90" rx="28" ry="18" fill="url(#d)" stroke="url(#a)" stroke-width="4"/></g>`),
  clips:
    svg(`<defs><clipPath id="k"><circle cx="35" cy="35" r="25"/><rect x="35" y="35" width="20" height="40"/></clipPath><clipPath id="b" clipPathUnits="objectBoundingBox"><path d="M.5 0 1 1H0z"/></clipPath>
    <clipPath id="n" clip-path="url(#k)"><rect x="20" y="20" width="20" height="60"/></clipPath><clipPath id="e"><path clip-rule="evenodd" d="M70 70h40v40h-40zM80 80h20v20h-20z"/></clipPath></defs>
    <g clip-path="url(#k)"><rect width="120" height="60" fill="#2a7"/><rect y="50" width="120" height="60" fill="#a27"/></g><rect x="70" y="10" width="40" height="40" clip-path="url(#b)" fill="#15c"/>
    <rect width="120" height="120" clip-path="url(#n)" fill="#000" opacity=".4"/><rect x="60" y="60" width="60" height="60" clip-path="url(#e)" fill="orange"/>`),
  opacity: svg(
    `<rect width="120" height="60" fill="#ddd"/><g opacity=".5"><circle cx="45" cy="60" r="30" fill="red"/><circle cx="75" cy="60" r="30" fill="blue"/></g><rect x="10" y="90" width="40" height="20" fill="lime" stroke="black" stroke-width="6" opacity=".5"/><rect x="70" y="90" width="40" height="20" fill="lime" stroke="black" stroke-width="6" stroke-opacity=".5" fill-opacity=".3"/>`,
  ),
  'use and symbol':
    svg(`<defs><symbol id="s" viewBox="0 0 10 10"><circle cx="5" cy="5" r="6"/></symbol><g id="g"><rect width="20" height="20"/><rect x="10" y="10" width="20" height="20" fill="gold"/></g></defs>
    <use href="#s" x="5" y="5" width="40" height="40" fill="crimson"/><use xlink:href="#g" x="60" y="10"/><use href="#g" transform="translate(30 100) rotate(-45)" fill="#06c"/><use href="#s" x="70" y="60" width="40" height="20"/>`),
  'style rules':
    svg(`<style>/* note */ .a{fill:red;stroke:#000;stroke-width:2px} rect.a{fill:green} #x{fill:blue} * {stroke-opacity:.5}</style><style><![CDATA[ .b, circle { fill: orange } ]]></style>
    <rect class="a" width="40" height="40" x="5" y="5"/><rect class="a b" id="x" x="60" y="5" width="40" height="40"/><circle class="a" cx="30" cy="80" r="20"/><path class="b" d="M60 60h40v40z" style="stroke:#90c;stroke-width:4;"/>`),
  'nested viewports': svg(
    `<svg x="10" y="10" width="50" height="30" viewBox="0 0 10 10"><rect width="10" height="10" fill="#8c8"/><circle cx="10" cy="5" r="4"/></svg><svg x="70" y="10" width="40" height="80" viewBox="0 0 10 10" preserveAspectRatio="xMinYMax slice"><circle cx="5" cy="5" r="5" fill="#c4c"/></svg><svg x="5%" y="60%" width="50%" height="30%" preserveAspectRatio="none" viewBox="-5 -5 10 10"><circle r="5" fill="#48c"/></svg>`,
  ),
  'embedded picture': svg(
    `<image x="10" y="10" width="60" height="30" xlink:href="${PIXEL}" style="image-rendering:pixelated"/><g transform="rotate(15 80 80)"><image x="60" y="60" width="40" height="40" href="${PIXEL}" preserveAspectRatio="none" style="image-rendering:pixelated"/></g>`,
  ),
  'size in millimetres': svg(
    `<circle cx="5" cy="5" r="4.5" fill="#777"/><rect x="2" y="2" width="3" height="3"/>`,
    'width="30mm" height="20mm" viewBox="0 0 10 10"',
  ),
  'overflow of the page': svg(`<circle cx="0" cy="0" r="60" fill="#393"/><path d="M100 100h60v60z" stroke="red" stroke-width="9"/>`),
  'paint order and visibility': svg(
    `<g stroke="black" stroke-width="12"><rect x="20" y="20" width="30" height="30" fill="gold" style="paint-order:stroke"/><rect x="75" y="20" width="30" height="30" fill="gold"/></g><g visibility="hidden"><rect width="10" height="10"/><rect x="20" y="80" width="20" height="20" visibility="visible" fill="red"/></g><rect x="60" y="80" width="20" height="20" display="none"/>`,
  ),
  "editors' notes": `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
    <svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" width="60" height="60">
    <sodipodi:namedview id="v" inkscape:zoom="2"><inkscape:grid/></sodipodi:namedview><metadata><x xmlns="urn:rdf">t</x></metadata><title>t</title><defs><filter id="unused"><feGaussianBlur/></filter></defs>
    <g inkscape:label="Layer 1" inkscape:groupmode="layer"><path sodipodi:nodetypes="ccc" d="M5 5h50l-25 50z" fill="#369"/><text x="3" y="3"> </text></g></svg>`,
};

/** What only the second renderer knows. */
export const MODERN_SVG_CASES: Readonly<Record<string, string>> = {
  'strokes of fixed width': svg(
    `<g transform="scale(3,1)"><path d="M4 70 20 110 36 70" fill="none" stroke="red" stroke-width="5" vector-effect="non-scaling-stroke" stroke-linejoin="round"/></g>`,
  ),
  'important rules': svg(
    `<style>#x{fill:blue!important} rect{stroke:red}</style><rect id="x" style="fill:pink;stroke:lime" stroke-width="9" x="60" y="5" width="40" height="40"/>`,
  ),
};
