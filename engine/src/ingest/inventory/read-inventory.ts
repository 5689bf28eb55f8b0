/**
 * Resources that exist, with sizes and change rates, from an inventory file.
 *
 * Pure: files come through `FileSource`.
 * Source   design.md section 2, Inventory.
 */
import type { StatefulResource } from '@holdfast/model';
import type { FileSource, ReadOptions } from '../artifact';

/** A resource of an inventory; `content` is what the emulated resource holds. */
export interface InventoryResource extends StatefulResource {
  readonly content?: unknown;
}

/**
 * Reads an inventory file (YAML or JSON).
 *
 * @throws IngestRefusal naming file and entry
 */
export function readInventory(_path: string, _options: ReadOptions, _files: FileSource): InventoryResource[] {
  return [];
}
