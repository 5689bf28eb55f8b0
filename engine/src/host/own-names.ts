/**
 * Names that the host gives to what it has on disk. Nothing else becomes a part of a path, wherever it comes from: what
 * is read from a snapshot or a journal was written by whoever could write it.
 *
 * Pure.
 */

import * as path from 'node:path';
import { worldNameFault } from '../wire/world-path';
import { StoreFault } from './store-fault';

/** The store of a World that never began anew; later ones are UUIDs. */
export const FIRST_STORE = 'first';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function isBodyId(name: unknown): name is string {
  return typeof name === 'string' && UUID.test(name);
}

export function isStoreName(name: unknown): name is string {
  return name === FIRST_STORE || isBodyId(name);
}

/** Where a World has a store. @throws StoreFault when a name is none that a World or the host has */
export function storeFolder(folder: string, kind: string, world: string, store: string): string {
  if (worldNameFault(world) !== undefined || !isStoreName(store)) {
    throw new StoreFault(`${folder} has no store ${JSON.stringify(store)} of a World ${JSON.stringify(world)}`);
  }
  return path.join(folder, kind, world, store);
}
