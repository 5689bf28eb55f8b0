/**
 * Commands whose bodies are files, with the bytes in them: a snapshot is one document.
 *
 * Owns     nothing.
 * Units    bytes.
 */
import { ControlFault } from '../../wire/control-body';
import { isChunked } from '../../wire/s3-chunks';
import type { CommandJson } from '../command';
import type { BodyStore, HeldJson } from './body-store';

const MIB = 1024 * 1024;
const MOST_BYTES = 64 * MIB;

/** @throws ControlFault when they are gone, or too many */
export function withBodies(commands: readonly CommandJson[], store: BodyStore): CommandJson[] {
  const held = commands.flatMap(({ request }) => request?.held ?? []);
  const gone = held.filter((one) => !store.has(one));
  if (gone.length > 0) {
    throw new ControlFault(
      `the World cannot be a snapshot: ${gone.length} of its objects of more than 1 MiB and blocks of snapshots were deleted since, with their bytes`,
    );
  }
  const bytes = held.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (bytes > MOST_BYTES) {
    throw new ControlFault(
      `the World cannot be a snapshot: its objects of more than 1 MiB and blocks of snapshots have ${Math.ceil(bytes / MIB)} MiB, and ${MOST_BYTES / MIB} MiB fit into one`,
    );
  }
  return commands.map(({ digests: _, ...command }) => withBody(command, store));
}

function withBody(command: CommandJson, store: BodyStore): CommandJson {
  const { held, ...request } = command.request ?? { method: '', path: '', headers: {} };
  if (held === undefined) {
    return command;
  }
  const bytes = bytesOf(held, store);
  const sent = isChunked(request.headers) ? chunked(bytes, held.trailers) : bytes;
  return { ...command, request: { ...request, base64: sent.toString('base64') } };
}

function bytesOf(held: HeldJson, store: BodyStore): Buffer {
  return Buffer.concat([...store.held(held).read(0, held.sizeBytes)]);
}

/** As it could have been sent: headers that are signed say that it comes in chunks. */
function chunked(bytes: Buffer, trailers: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(trailers).map(([name, value]) => `${name}:${value}\r\n`);
  const head = Buffer.from(`${bytes.length.toString(16)}\r\n`);
  return Buffer.concat([head, bytes, Buffer.from(`\r\n0\r\n${lines.join('')}\r\n`)]);
}
