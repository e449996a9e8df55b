// The import table of docs/architecture.md as data. ESLint (eslint.config.js) and the architecture test read it, so a
// boundary is changed here and nowhere else.

/**
 * A place is a folder (`src/shared/`), one module without its extension (`src/wechat/http`), or every module whose path
 * begins so (`src/main/secrets/keytar*`).
 * @typedef {string} Place
 */

/**
 * One row: what the modules of some places may import. Own places are not implied.
 * @typedef {object} Row
 * @property {string} id Also the name of the folder with the row's failing fixtures.
 * @property {readonly Place[]} places A module belongs to the first row that has a place for it.
 * @property {readonly Place[]} imports Places of the product.
 * @property {readonly Place[]} [typeImports] Places of which only types may be imported.
 * @property {readonly string[]} packages Packages, with all their subpaths.
 * @property {boolean} node Whether `node:*` may be imported.
 * @property {string} why What the boundary protects.
 */

const SHARED = 'src/shared/';
const FASTIFY = ['fastify', '@fastify/helmet', '@fastify/rate-limit'];
const MAIN_PORTS = ['src/main/db/port/', 'src/main/secrets/port*'];
const MAIN_MIDDLE = ['src/main/services/', 'src/main/ipc/', 'src/main/relay/'];

/** @type {readonly Row[]} */
export const IMPORT_TABLE = [
  {
    id: 'shared-regex',
    places: ['src/shared/domain/replies/linear-regex'],
    imports: [SHARED],
    packages: ['re2js'],
    node: false,
    why: 'There is one engine for patterns that people write, and its limits cannot be bypassed.',
  },
  {
    id: 'shared',
    places: [SHARED],
    imports: [SHARED],
    packages: ['zod'],
    node: false,
    why: 'The rules run unchanged in every process and in the page.',
  },
  {
    id: 'wechat-http',
    places: ['src/wechat/http'],
    imports: [SHARED, 'src/wechat/'],
    packages: ['undici'],
    node: true,
    why: 'There is one HTTP client.',
  },
  {
    id: 'wechat-xml',
    places: ['src/wechat/callback/xml'],
    imports: [SHARED, 'src/wechat/callback/'],
    packages: ['fast-xml-parser'],
    node: true,
    why: 'There is one XML parser, and its limits cannot be bypassed.',
  },
  {
    id: 'wechat-lossless',
    places: ['src/wechat/lossless'],
    imports: [SHARED, 'src/wechat/'],
    packages: ['lossless-json'],
    node: true,
    why: 'There is one way to read long ids.',
  },
  {
    id: 'wechat',
    places: ['src/wechat/'],
    imports: [SHARED, 'src/wechat/'],
    packages: [],
    node: true,
    why: "The client of WeChat's API runs in plain Node: desktop, relay and tests use the same one.",
  },
  {
    id: 'migrations',
    places: ['src/main/db/worker/migrations/0*', 'src/relay/store/sqlite/migrations/0*'],
    imports: [],
    packages: [],
    node: false,
    why: 'A migration is frozen: nothing it could import may change its meaning later.',
  },
  {
    id: 'main-db-worker',
    places: ['src/main/db/worker/'],
    imports: [SHARED, 'src/main/db/'],
    packages: ['libsql'],
    node: true,
    why: 'Only the worker thread holds the database.',
  },
  {
    id: 'main-db',
    places: ['src/main/db/'],
    imports: [SHARED, 'src/main/db/'],
    packages: [],
    node: true,
    why: 'The database knows neither services nor Electron.',
  },
  {
    id: 'main-keytar',
    places: ['src/main/secrets/keytar*'],
    imports: [SHARED, 'src/main/secrets/'],
    packages: ['keytar'],
    node: true,
    why: 'The keychain is reached through one adapter.',
  },
  {
    id: 'main-secrets',
    places: ['src/main/secrets/'],
    imports: [SHARED, 'src/main/secrets/'],
    packages: [],
    node: true,
    why: 'Secrets know nothing of their users.',
  },
  {
    id: 'main-voice-decoder',
    places: ['src/main/services/voice/amr-decoder'],
    imports: [SHARED, 'src/main/services/voice/'],
    packages: ['benz-amr-recorder'],
    node: true,
    why: 'The voice decoder runs in a thread of its own, behind one module.',
  },
  {
    id: 'main-services',
    places: MAIN_MIDDLE,
    imports: [SHARED, 'src/wechat/', ...MAIN_MIDDLE, ...MAIN_PORTS],
    // What child processes and the relay say is checked where it enters.
    packages: ['zod'],
    node: true,
    why: 'Services run in plain Node tests: they see ports, never Electron, a database or a keychain.',
  },
  {
    id: 'main-app',
    places: ['src/main/electron/', 'src/main/index'],
    imports: [SHARED, 'src/wechat/', 'src/main/'],
    packages: ['electron', 'electron-store', 'electron-log'],
    node: true,
    why: 'Electron, and the construction of everything, stay in one place.',
  },
  {
    id: 'preload',
    places: ['src/preload/'],
    imports: ['src/preload/', 'src/shared/ipc/names', 'src/shared/ipc/bridge'],
    typeImports: ['src/shared/ipc/'],
    packages: ['electron'],
    node: false,
    why: 'The bridge knows the names of the contract and nothing else.',
  },
  {
    id: 'renderer',
    places: ['src/renderer/'],
    imports: [SHARED, 'src/renderer/'],
    packages: ['react', 'react-dom', 'antd', 'i18next', 'react-i18next', 'react-virtuoso', 'zustand'],
    node: false,
    why: 'The page is not trusted: it reaches main by the bridge only.',
  },
  {
    id: 'relay-store-jetstream',
    places: ['src/relay/store/jetstream/'],
    imports: [SHARED, 'src/relay/store/'],
    // The spool is a SQLite file, written as the other adapter writes its own.
    packages: ['libsql', '@nats-io/transport-node', '@nats-io/jetstream', '@nats-io/kv'],
    node: true,
    why: 'The client of the cluster stays in the adapter that keeps its rules of retry and order.',
  },
  {
    id: 'relay-store',
    places: ['src/relay/store/'],
    imports: [SHARED, 'src/relay/'],
    packages: ['libsql'],
    node: true,
    why: 'Store drivers stay behind the store port.',
  },
  {
    id: 'relay',
    places: ['src/relay/'],
    imports: [SHARED, 'src/wechat/', 'src/relay/'],
    packages: [...FASTIFY, 'pino'],
    node: true,
    why: 'The relay is a server of its own and can be deployed without the desktop.',
  },
  {
    id: 'sandbox',
    places: ['src/sandbox/'],
    imports: [SHARED, 'src/wechat/callback/', 'src/sandbox/'],
    packages: FASTIFY,
    node: true,
    why: 'A simulator that used the client or the relay would repeat their mistakes.',
  },
];

/** Each folder in it is one feature; a feature never imports another one. */
export const FEATURES = 'src/renderer/features/';

/**
 * What may be named in its owners only; an empty list means nowhere in `src`.
 * @typedef {object} SingleOwner
 * @property {string} id Also the name of the folder with the failing fixtures.
 * @property {readonly Place[]} owners
 * @property {Place} [within] Where the ban holds; all of `src` when absent.
 * @property {{ module: string, name: string }} [imported] An import by name.
 * @property {string} [global] A global variable.
 * @property {{ object: string, property: string }} [member] `object.property`, also at the end of a longer chain.
 * @property {string} [attribute] A JSX attribute or a key of an object.
 * @property {string} [emptyNew] A constructor called without arguments.
 * @property {string} why
 */

/** @type {readonly SingleOwner[]} */
export const SINGLE_OWNERS = [
  {
    id: 'ipc-main',
    owners: ['src/main/electron/ipc-binding'],
    imported: { module: 'electron', name: 'ipcMain' },
    why: 'Every call from the page passes one check of sender and input.',
  },
  {
    id: 'ipc-renderer',
    owners: ['src/preload/index'],
    imported: { module: 'electron', name: 'ipcRenderer' },
    why: 'The page gets two functions, not a channel.',
  },
  {
    id: 'web-contents-send',
    owners: ['src/main/electron/ipc-binding'],
    member: { object: 'webContents', property: 'send' },
    why: 'Topics are published through one function.',
  },
  {
    id: 'open-external',
    owners: ['src/main/electron/external-links'],
    member: { object: 'shell', property: 'openExternal' },
    why: 'Links are parsed and checked in one place before the system sees them.',
  },
  {
    id: 'console',
    owners: [],
    global: 'console',
    why: 'Everything written goes through the logger, which hides secrets.',
  },
  {
    id: 'process-env',
    owners: ['src/main/electron/environment', 'src/relay/index', 'src/sandbox/index'],
    member: { object: 'process', property: 'env' },
    imported: { module: 'node:process', name: 'env' },
    why: 'Each process reads its environment once, at its entry.',
  },
  {
    id: 'date-now-in-domain',
    owners: [],
    within: 'src/shared/domain/',
    member: { object: 'Date', property: 'now' },
    emptyNew: 'Date',
    why: 'Rules are functions of data and `now`.',
  },
  {
    id: 'dangerous-html',
    owners: [],
    attribute: 'dangerouslySetInnerHTML',
    why: 'Message text is drawn as text.',
  },
];

/**
 * Whether a module, by its path without extension or with one, is in a place.
 * @param {string} path
 * @param {Place} place
 */
export function isIn(path, place) {
  if (place.endsWith('/')) return path.startsWith(place);
  if (place.endsWith('*')) return path.startsWith(place.slice(0, -1));
  return path.replace(/\.tsx?$/, '') === place;
}

/**
 * The place as a glob of files.
 * @param {Place} place
 */
export function globOf(place) {
  if (place.endsWith('/')) return `${place}**`;
  return place.endsWith('*') ? `${place}*` : `${place}.{ts,tsx}`;
}
