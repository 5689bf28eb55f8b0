// How long the bytes of objects and parts are needed that a host keeps.
import { Body } from '../../../engine/src/domain/bodies';
import { Upload, UploadPart } from '../../../engine/src/domain/buckets';
import { WorldState } from '../../../engine/src/domain/world-state';

const HERE = { partition: 'aws', account: '123456789012', region: 'us-east-1' };

const kept = (id: string) => Body.of({ id, sizeBytes: 3, digests: {}, read: () => [Buffer.from('abc')] });
const part = (id: string): UploadPart => ({ body: kept(id), etag: id, at: 0, checksum: undefined });

function staged() {
  const state = new WorldState({ start: 0 });
  const { buckets } = state;
  const bucket = buckets.create(HERE, 'large', {});
  const put = (key: string, id: string) =>
    buckets.put(bucket, {
      ...{ key, deleteMarker: false, sizeBytes: 3, etag: id, body: kept(id), headers: {}, metadata: {}, tags: {} },
      ...{ checksum: undefined, partSizes: undefined },
    });
  const upload = (id: string): Upload => {
    const begun = {
      ...{ id, key: id, startedAt: 0, headers: {}, metadata: {}, tags: {}, acl: undefined },
      ...{ checksumAlgorithm: undefined, fullChecksum: false, parts: new Map<number, UploadPart>() },
    };
    bucket.uploads.set(id, begun);
    return begun;
  };
  return { buckets, bucket, put, upload, freed: () => [...buckets.bodies.takeFreed()].sort() };
}

test('an object that is written over, or deleted, frees what it was', () => {
  const { buckets, bucket, put, freed } = staged();
  put('a', '1');
  put('a', '2');
  expect(freed()).toEqual(['1']);
  buckets.set(bucket, 'versioning', { Status: 'Enabled' });
  put('a', '3');
  const deletion = buckets.deleteObject(bucket, 'a');
  expect([deletion?.deleteMarker, freed()]).toEqual([true, []]);
});

test('a part that comes again frees the former, and an upload that ends all of its own', () => {
  const { bucket, upload, freed } = staged();
  const [one, other] = [upload('one'), upload('other')];
  bucket.setPart(one, 1, part('1'));
  bucket.setPart(one, 2, part('2'));
  bucket.setPart(other, 1, part('3'));
  bucket.setPart(one, 1, part('4'));
  expect(freed()).toEqual(['1']);
  // The same bytes again are still needed.
  bucket.setPart(one, 2, part('2'));
  expect(freed()).toEqual([]);
  bucket.endUpload(one);
  expect([freed(), [...bucket.uploads.keys()]]).toEqual([['2', '4'], ['other']]);
});

test('a bucket that is deleted frees its objects, all versions of them, and its uploads', () => {
  const { buckets, bucket, put, upload, freed } = staged();
  buckets.set(bucket, 'versioning', { Status: 'Enabled' });
  put('a', '1');
  put('a', '2');
  put('b', '3');
  bucket.setPart(upload('u'), 1, part('4'));
  expect(freed()).toEqual([]);
  buckets.delete(bucket);
  expect([freed(), buckets.bodies.needed(), bucket.objects.keys(), bucket.uploads.size]).toEqual([
    ...[['1', '2', '3', '4'], [], [], 0],
  ]);
});
