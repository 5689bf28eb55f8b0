import { RestoreMetadata, RestoreMetadataNeed, RestoreTestingResourceType, ServiceSupport } from '@holdfast/model';

test('has keys for every type whose restores can be tested', () => {
  const bare = Object.values(RestoreTestingResourceType).filter((type) => RestoreMetadata.keysOf(type).length === 0);
  expect(bare).toEqual([]);
});

test('names each type as the table of services does', () => {
  const types = new Set(ServiceSupport.all().map(({ resourceType }) => resourceType));
  expect(RestoreMetadata.resourceTypes().filter((type) => !types.has(type))).toEqual([]);
  const tested = ServiceSupport.all().filter(({ restoreTesting }) => restoreTesting);
  expect(new Set(tested.map(({ resourceType }) => resourceType))).toEqual(
    new Set<string>(Object.values(RestoreTestingResourceType)),
  );
});

test('has no key twice, whatever its case', () => {
  for (const type of RestoreMetadata.resourceTypes()) {
    const keys = RestoreMetadata.keysOf(type).map(({ key }) => key.toLowerCase());
    expect([type, new Set(keys).size]).toEqual([type, keys.length]);
  }
});

test('finds a key in whatever case', () => {
  expect(RestoreMetadata.tryFind('DynamoDB', 'TARGETTABLENAME')).toEqual({
    key: 'targetTableName',
    description: 'Name of the new table',
    need: RestoreMetadataNeed.NEW_VALUE,
    overridable: false,
  });
  expect(RestoreMetadata.tryFind('DynamoDB', 'iops')).toBeUndefined();
  expect(RestoreMetadata.tryFind('Tape', 'iops')).toBeUndefined();
  expect(RestoreMetadata.keysOf('Tape')).toEqual([]);
});
