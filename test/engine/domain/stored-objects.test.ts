// Objects of a bucket and their versions, newest first.
import { Body } from '../../../engine/src/domain/bodies';
import { NULL_VERSION, StoredObject, StoredObjects } from '../../../engine/src/domain/stored-objects';

function version(key: string, versionId = NULL_VERSION, sizeBytes = 10, deleteMarker = false): StoredObject {
  return {
    ...{ key, versionId, sizeBytes, deleteMarker, createdAt: 0, etag: '', headers: {}, metadata: {}, tags: {} },
    ...{ body: Body.inMemory(new Uint8Array(sizeBytes)), checksum: undefined, partSizes: undefined },
  };
}

function stored(...all: StoredObject[]): StoredObjects {
  const objects = new StoredObjects();
  all.forEach((one) => objects.put(one));
  return objects;
}

test('keys are in the order of their bytes, each once, and follow what comes and goes', () => {
  const objects = stored(version('b'), version('a'), version('Z'), version('ä'), version('a', '2'));
  expect(objects.keys()).toEqual(['Z', 'a', 'b', 'ä']);
  objects.put(version('aa'));
  expect(objects.keys()).toEqual(['Z', 'a', 'aa', 'b', 'ä']);
  objects.drop('a', '2');
  expect(objects.keys()).toContain('a');
  objects.drop('a', NULL_VERSION);
  expect(objects.keys()).toEqual(['Z', 'aa', 'b', 'ä']);
  expect(stored().keys()).toEqual([]);
});

test('the newest version is the object, an older one is found by its id', () => {
  const objects = stored(version('k', '1', 1), version('k', '2', 2), version('k', '3', 3));
  expect(objects.versions('k').map(({ versionId }) => versionId)).toEqual(['3', '2', '1']);
  expect([objects.tryFind('k')?.versionId, objects.tryFind('k', '1')?.sizeBytes]).toEqual(['3', 1]);
  expect([objects.tryFind('k', '4'), objects.tryFind('none'), objects.tryFind('none', '1')]).toEqual([
    ...[undefined, undefined, undefined],
  ]);
  expect(objects.versions('none')).toEqual([]);
});

test('the size is of all versions that stand; a version that is put again takes the place of the former', () => {
  const objects = stored(version('k', '1', 1), version('k', '2', 2), version('l', NULL_VERSION, 4));
  expect(objects.sizeBytes).toBe(7);
  objects.put(version('l', NULL_VERSION, 40));
  expect([objects.sizeBytes, objects.versions('l')]).toMatchObject([43, [{ sizeBytes: 40 }]]);
  expect(objects.drop('k', '1')?.sizeBytes).toBe(1);
  expect([objects.sizeBytes, objects.drop('k', '1'), objects.drop('none', '1')]).toEqual([42, undefined, undefined]);
  expect(objects.sizeBytes).toBe(42);
  expect(objects.tryFind('k')?.versionId).toBe('2');
});

test('it is empty when no version stands, a marker among them', () => {
  const objects = stored();
  expect(objects.isEmpty).toBe(true);
  objects.put(version('k', 'm', 0, true));
  expect(objects.isEmpty).toBe(false);
  objects.drop('k', 'm');
  expect(objects.isEmpty).toBe(true);
});

// prettier-ignore
test.each<[versioning: 'Enabled' | 'Suspended' | undefined, left: string[], deletion: object]>([
  [undefined,   [],             { versionId: undefined, deleteMarker: false }],
  ['Enabled',   ['m', 'null'],  { versionId: 'm', deleteMarker: true }],
  ['Suspended', ['m', 'null'],  { versionId: 'm', deleteMarker: true }],
])('a deletion with versioning %p leaves %j', (versioning, left, deletion) => {
  const objects = stored(version('k'));
  expect(objects.delete('k', versioning, () => version('k', 'm', 0, true))).toEqual(deletion);
  expect(objects.versions('k').map(({ versionId }) => versionId)).toEqual(left);
});
