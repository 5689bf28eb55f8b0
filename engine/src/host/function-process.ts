/**
 * The process that a function runs in: once, with the World's clock and seeded chance.
 *
 * Owns     the process. It is bundled into generated/function-process.ts, and is no module that anybody imports.
 * Assumed  The clock stands still while a function runs, as it takes no time of the World.
 */
import * as crypto from 'node:crypto';
import { existsSync } from 'node:fs';
import type * as http from 'node:http';
import { createRequire, register, syncBuiltinESMExports } from 'node:module';
import * as nodeModule from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionTask, TaskAnswer } from './function-task';

const SDK = /^@(aws-sdk|smithy)\//;

type Handler = (given: unknown, context: object, callback: (error: unknown, answer: unknown) => void) => unknown;

/** Every way to ask for the time answers the World's. */
function fakeClock(now: number): void {
  const Real = Date;
  class WorldDate extends Real {
    constructor(...given: []) {
      super(...((given.length === 0 ? [now] : given) as []));
    }

    static override now(): number {
      return now;
    }
  }
  // A call without `new` gives text, which a class cannot.
  globalThis.Date = new Proxy(WorldDate, { apply: () => new WorldDate().toString() }) as unknown as DateConstructor;
}

/** Every usual way to ask for chance draws from a stream that the seed decides. */
function fakeChance(seed: string): void {
  let count = 0;
  const bytes = (size: number): Buffer => {
    const blocks: Buffer[] = [];
    for (let made = 0; made < size; made += 32) {
      blocks.push(crypto.createHash('sha256').update(`${seed} ${count++}`).digest());
    }
    return Buffer.concat(blocks).subarray(0, size);
  };
  const fill = <T extends NodeJS.ArrayBufferView>(array: T): T => {
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(bytes(array.byteLength));
    return array;
  };
  const randomUUID = (): string => {
    const hex = bytes(16).toString('hex');
    const variant = '89ab'[parseInt(hex.charAt(16), 16) & 3];
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  Math.random = () => bytes(6).readUIntBE(0, 6) / 2 ** 48;
  const randomBytes = (size: number, done?: (error: null, made: Buffer) => void) => {
    const made = bytes(size);
    done?.(null, made);
    return made;
  };
  // The module's own getRandomValues asks the prototype.
  Object.assign(require('node:crypto') as object, { randomUUID, randomBytes, randomFillSync: fill });
  Object.defineProperties(Object.getPrototypeOf(crypto.webcrypto), {
    randomUUID: { value: randomUUID },
    getRandomValues: { value: fill },
  });
  syncBuiltinESMExports();
}

/** As Lambda's runtime has the SDK, a function need not bring it: what it does not bring comes from `folders`. */
function lendSdk(folders: readonly string[]): void {
  type Resolve = (request: string, parent: unknown, isMain: boolean, options?: { paths: readonly string[] }) => string;
  const loader = (nodeModule as unknown as { readonly Module: { _resolveFilename: Resolve } }).Module;
  const own = loader._resolveFilename;
  loader._resolveFilename = function (this: unknown, request, parent, isMain, options) {
    try {
      return own.call(this, request, parent, isMain, options);
    } catch (error) {
      if (SDK.test(request)) {
        return own.call(this, request, parent, isMain, { paths: folders });
      }
      throw error;
    }
  };
  const parents = folders.map((folder) => pathToFileURL(join(folder, 'index.js')).href);
  const hook = `export async function resolve(specifier, context, next) {
    try { return await next(specifier, context); } catch (error) {
      for (const parentURL of ${SDK}.test(specifier) ? ${JSON.stringify(parents)} : []) {
        try { return await next(specifier, { ...context, parentURL }); } catch {}
      }
      throw error;
    }
  }`;
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
}

/** CloudFormation's buckets for answers of custom resources and for signals; the World takes them in their place. */
const RESPONSE_HOST = /^cloudformation-(custom-resource-response|waitcondition)-[a-z0-9-]+\.s3\./;
const RESPONSES = '/_cloudformation/responses/';

type Asked = { readonly hostname?: string; readonly host?: string; readonly path?: string; readonly href?: string };

/** What goes to that bucket, over whichever road, goes to the World. */
function sendResponsesHome(endpoint: string): void {
  const plain = require('node:http') as typeof http;
  const https = require('node:https') as { request: unknown };
  const own = https.request as (...given: unknown[]) => unknown;
  const { hostname, port } = new URL(endpoint);
  https.request = function (this: unknown, first: string | Asked, ...rest: unknown[]): unknown {
    const target = typeof first === 'string' ? new URL(first) : first;
    const options = { ...(typeof rest[0] === 'object' ? rest[0] : {}) } as http.RequestOptions;
    const asked = { ...(target as Asked), ...options } as http.RequestOptions & Asked;
    const url = target instanceof URL ? target : undefined;
    if (!RESPONSE_HOST.test(asked.hostname ?? asked.host ?? url?.hostname ?? '')) {
      return own.call(this, first, ...rest);
    }
    const path = asked.path ?? `${url?.pathname ?? '/'}${url?.search ?? ''}`;
    const heard = rest.find((one) => typeof one === 'function') as
      ((response: http.IncomingMessage) => void) | undefined;
    const { method, headers } = asked;
    const there = {
      hostname,
      port,
      path: RESPONSES + path.slice(1),
      ...(method && { method }),
      ...(headers && { headers }),
    };
    return plain.request(there, heard);
  };
  const fetched = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const home = new URL(RESPONSES + url.pathname.slice(1) + url.search, endpoint);
    return fetched(RESPONSE_HOST.test(url.hostname) ? home : input, init);
  };
  syncBuiltinESMExports();
}

/** The function that `index.handler` names, out of a module of either kind. */
async function load(folder: string, named: string): Promise<Handler> {
  const dot = named.lastIndexOf('.');
  const [base, member] = [named.slice(0, dot), named.slice(dot + 1)];
  const file = ['.js', '.mjs', '.cjs'].map((end) => join(folder, base + end)).find((one) => existsSync(one));
  if (dot < 1 || file === undefined) {
    throw faultOf('Runtime.ImportModuleError', `Error: Cannot find module '${base}'`);
  }
  const found = await moduleOf(file);
  const handler = found[member] ?? (found['default'] as Record<string, unknown> | undefined)?.[member];
  if (typeof handler !== 'function') {
    throw faultOf('Runtime.HandlerNotFound', `${named} is undefined or not exported`);
  }
  return handler as Handler;
}

async function moduleOf(file: string): Promise<Record<string, unknown>> {
  if (!file.endsWith('.mjs')) {
    try {
      return createRequire(file)(file) as Record<string, unknown>;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_REQUIRE_ESM') {
        throw error;
      }
    }
  }
  return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
}

/** Calls a handler in either of its styles. */
function call(handler: Handler, task: FunctionTask): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const done = (error: unknown, answer: unknown) => (error ? reject(error) : resolve(answer));
    const endsAt = performance.now() + task.timeoutSeconds * 1000;
    const context = {
      ...task.context,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, Math.floor(endsAt - performance.now())),
      done,
      succeed: (answer: unknown) => resolve(answer),
      fail: (error: unknown) => reject(error),
    };
    const answer = handler(JSON.parse(task.payload), context, done);
    if (typeof (answer as Promise<unknown> | undefined)?.then === 'function') {
      resolve(answer);
    }
  });
}

async function run(task: FunctionTask): Promise<TaskAnswer> {
  try {
    fakeClock(task.now);
    fakeChance(task.seed);
    lendSdk(task.sdkFolders);
    sendResponsesHome(process.env.AWS_ENDPOINT_URL ?? '');
    const handler = await load(task.folder, task.handler);
    process.send?.({ loaded: true });
    return { payload: JSON.stringify((await call(handler, task)) ?? null) };
  } catch (error) {
    console.error(error);
    return error instanceof Error
      ? { error: { type: error.name, message: error.message } }
      : { error: { type: typeof error, message: String(error) } };
  }
}

function faultOf(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

process.once('message', (task: FunctionTask) => {
  const answer = (answer: TaskAnswer) => process.send?.(answer, () => process.exit(0));
  const failed = (error: Error) => answer({ error: { type: error.name, message: error.message } });
  process.on('uncaughtException', failed);
  void run(task).then(answer);
});
