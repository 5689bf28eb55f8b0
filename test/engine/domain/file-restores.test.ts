// Restores of single files out of snapshots of EBS: which metadata asks for one, what is wrong with it, and what it names.
import { fileRestoreFault, restoresFiles, wantedPaths } from '../../../engine/src/domain/file-restores';

const FILE_SYSTEM = '0A1B2C3D-0000-4000-8000-000000000001';
const right = (pathsToRestore: string, more: object = {}) => ({
  destinationBucketName: 'files',
  pathsToRestore,
  ...more,
});

test.each(['restoreType', 'destinationBucketName', 'pathsToRestore'])('%s asks for files, of EBS alone', (key) => {
  expect([restoresFiles('EBS', { [key]: 'x' }), restoresFiles('S3', { [key]: 'x' })]).toEqual([true, false]);
  expect(restoresFiles('EBS', { volumeType: 'gp3' })).toBe(false);
});

test.each(['["/a"]', '["/a","/b/c"]', `["${FILE_SYSTEM}:/a"]`])('paths may be %s', (paths) => {
  expect(fileRestoreFault(right(paths))).toBeUndefined();
});

test.each([
  '[]',
  '["a"]',
  '["/a","b"]',
  '["b","/a"]',
  '["/a",1]',
  '[1]',
  '"/a"',
  '{"0":"/a"}',
  '/a',
  `["${FILE_SYSTEM}:a"]`,
])('paths may not be %s', (paths) => {
  expect(fileRestoreFault(right(paths))).toBe(
    `Metadata key pathsToRestore must be a JSON list of paths that begin with /, got ${paths}.`,
  );
});

test('bucket and paths have to be there, and an encryption that S3 has', () => {
  const absent = (key: string) => `Metadata key ${key} is required to restore files of EBS.`;
  expect(fileRestoreFault({ pathsToRestore: '["/a"]' })).toBe(absent('destinationBucketName'));
  expect(fileRestoreFault({ ...right('["/a"]'), destinationBucketName: '' })).toBe(absent('destinationBucketName'));
  expect(fileRestoreFault({ destinationBucketName: 'files' })).toBe(absent('pathsToRestore'));
  for (const encryptionType of ['SSE-S3', 'SSE-KMS']) {
    expect(fileRestoreFault(right('["/a"]', { encryptionType }))).toBeUndefined();
  }
  expect(fileRestoreFault(right('["/a"]', { encryptionType: 'none' }))).toContain(
    'must be SSE-S3 or SSE-KMS, got none',
  );
});

test('a path may name its file system before a colon', () => {
  expect(wantedPaths(right(`["/a","${FILE_SYSTEM}:/b"]`))).toEqual([
    { given: '/a', path: '/a', fileSystemIdentifier: undefined },
    { given: `${FILE_SYSTEM}:/b`, path: '/b', fileSystemIdentifier: FILE_SYSTEM.toLowerCase() },
  ]);
});
