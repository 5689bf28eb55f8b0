/**
 * How a store is made.
 *
 * Pure.
 * Units    sizes are bytes.
 */
import { CHUNK_SHAPE, ChunkShape } from './chunker';
import { MANIFEST_SHAPE, ManifestShape } from './manifest';
import { PACK_BYTES } from './packs';

/** How large the parts of a store are, and how long they stay. */
export interface StoreShape {
  readonly chunks: ChunkShape;
  readonly manifests: ManifestShape;
  readonly packBytes: number;
  /** Whether what was stored outlives the machine's power, not just the process. */
  readonly durable: boolean;
  /** Whether what the folder has from before goes. */
  readonly anew: boolean;
}

/** What suits most. */
export const SHAPE: StoreShape = {
  ...{ chunks: CHUNK_SHAPE, manifests: MANIFEST_SHAPE, packBytes: PACK_BYTES, durable: true, anew: false },
};
