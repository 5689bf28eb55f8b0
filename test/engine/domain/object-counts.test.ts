// How many objects a bucket has, as how many bytes they are billed, and how many of them some of the bytes are.
import { Body } from '../../../engine/src/domain/bodies';
import { LEAST_BILLED_BYTES, objectCountOf, objectsIn } from '../../../engine/src/domain/object-counts';
import { resource, world } from '../scenarios/stage';

const GIB = 2 ** 30;

function counted(more: object, put: readonly [size: number, storageClass?: string][] = [], service = 's3') {
  const declared = { ...resource(service, 'pictures'), ...more };
  const state = world('2027-01-01', { resources: [declared] });
  put.forEach(([sizeBytes, StorageClass], index) =>
    state.buckets.put(state.buckets.tryFind('aws', 'pictures')!, {
      ...{ key: `k${index}`, deleteMarker: false, sizeBytes, etag: '', metadata: {}, tags: {} },
      ...{ body: Body.inMemory(new Uint8Array()), checksum: undefined, partSizes: undefined },
      headers: StorageClass === undefined ? {} : { StorageClass },
    }),
  );
  return objectCountOf(
    state.ledger.resources.find(state.ledger.resources.tryFind(declared.arn)!.number),
    state.buckets,
  );
}

test('objects that are there count, but for those of classes that are not backed up, small ones as 128 KiB (B16.2/15)', () => {
  const put: [number, string?][] = [[LEAST_BILLED_BYTES - 1], [LEAST_BILLED_BYTES + 1], [5, 'GLACIER']];
  expect(counted({ objectCount: 7 }, put)).toEqual({
    count: 2,
    ratio: (2 * LEAST_BILLED_BYTES + 1) / (2 * LEAST_BILLED_BYTES),
  });
  expect(counted({}, [[0], [0]])).toEqual({ count: 2, ratio: 1 });
});

test('without them what was said of the bucket counts, and nothing where nothing was said', () => {
  expect(counted({ objectCount: 16_384 })).toEqual({ count: 16_384, ratio: 2 });
  expect(counted({ objectCount: 100 })).toEqual({ count: 100, ratio: 1 });
  expect(counted({ objectCount: 100, sizeGiB: 0 })).toEqual({ count: 100, ratio: 1 });
  expect(counted({})).toBeUndefined();
});

test('what is no bucket has no objects, whatever was said of it', () => {
  expect(counted({ objectCount: 16_384 }, [], 'efs')).toBeUndefined();
});

// prettier-ignore
test.each([
  [0,       GIB,     100, 0],
  [-1,      GIB,     100, 0],
  [GIB,     0,       100, 0],
  [GIB,     -1,      100, 0],
  [1,       GIB,     100, 1],
  [GIB / 2, GIB,     100, 50],
  [2 * GIB, GIB,     100, 100],
  [1,       1,       100, 100],
])('%i of %i bytes of %i objects are %i of them', (part, whole, count, expected) => {
  expect(objectsIn(part, whole, count)).toBe(expected);
});
