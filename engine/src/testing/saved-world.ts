/**
 * A World as a file: how it began, everything that was done to it, and the digest that this comes to.
 *
 * Owns     the file, while it is written or read.
 */
import { DiskFiles, writeWhole } from '../host/files';
import { StoreFault } from '../host/store-fault';
import { versionOfPackage } from '../host/versions';
import { DocumentKind, readDocument, WorldDocument, writeDocument } from '../host/world-document';
import type { Command } from './recording';
import type { WorldProps } from './world-props';

const KIND: DocumentKind = { schema: 'holdfast.world/1', noun: 'saved World' };

export type SavedWorld = WorldDocument<WorldProps, Command>;

/** As it will be read. */
export function savedWorld(begin: WorldProps, commands: readonly Command[], digest: string): SavedWorld {
  const written = writeDocument(KIND, { version: versionOfPackage(), begin, commands, digest });
  return JSON.parse(JSON.stringify(written)) as SavedWorld;
}

export function writeSaved(file: string, saved: SavedWorld): void {
  writeWhole(file, JSON.stringify(saved));
}

/** @throws StoreFault saying what is wrong with it */
export function readSaved(file: string): SavedWorld {
  const text = new DiskFiles().read(file);
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw new StoreFault(`${file} is no JSON: ${(error as Error).message}`);
  }
  return readDocument(KIND, given, versionOfPackage());
}

export function refuseOther(saved: string, digest: string): void {
  if (digest !== saved) {
    throw new StoreFault(`the saved World says ${saved}, and its commands come to ${digest}`);
  }
}
