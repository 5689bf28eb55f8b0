/** Schemas that come from API models are read as those of official clients are. */
import { loadClient } from '../../../engine/src/host/load-client';
import { MODELLED } from '../../../engine/src/wire/generated/clients';
import { clientModuleOf, ModelledModule } from '../../../engine/src/wire/modelled-client';
import { serviceOf } from '../../../engine/src/wire/service';
import { SERVICES } from '../../../engine/src/wire/services';

const search = () => serviceOf('backup-search', loadClient('backup-search') ?? {});

test('every service has a client or schemas of a model, and not both', () => {
  for (const [folder, { client, model }] of Object.entries(SERVICES)) {
    expect([folder, (client === undefined) !== (model === undefined)]).toEqual([folder, true]);
    expect([folder, folder in MODELLED]).toEqual([folder, model !== undefined]);
  }
});

test('a module is made once, so that its service is read once', () => {
  expect(loadClient('backup-search')).toBe(loadClient('backup-search'));
});

test('a service of a model has its operations, with paths, and what they require', () => {
  const { operations, protocol, version } = search();
  expect([protocol, version, operations.size]).toEqual(['restJson1', '2018-05-10', 12]);
  expect(operations.get('StopSearchJob')?.http).toEqual([
    'PUT',
    '/search-jobs/{SearchJobIdentifier}/actions/cancel',
    200,
  ]);
  expect(operations.get('StartSearchResultExportJob')?.required).toEqual([
    'SearchJobIdentifier',
    'ExportSpecification',
  ]);
  expect(operations.get('ListSearchJobs')?.required).toEqual([]);
});

test('members that go into path, query and headers are marked', () => {
  const members = (operation: string) =>
    Object.fromEntries(
      [...(search().operations.get(operation)?.input.structIterator() ?? [])].map(([name, member]) => [
        name,
        member.getMergedTraits(),
      ]),
    );
  expect(members('ListSearchJobBackups')).toMatchObject({
    SearchJobIdentifier: { httpLabel: 1 },
    NextToken: { httpQuery: 'nextToken' },
  });
  expect(search().errorSchema('ThrottlingException')?.getMemberSchema('retryAfterSeconds').getMergedTraits()).toEqual({
    httpHeader: 'Retry-After',
  });
});

test('errors have the statuses of the model', () => {
  const status = (name: string) => search().errorOnWire(name).status;
  expect(status('ServiceQuotaExceededException')).toBe(402);
  expect(status('ConflictException')).toBe(409);
  expect(status('AccessDeniedException')).toBe(403);
});

test('what the codec writes it reads again, times and lists among it', async () => {
  const { codec, operations } = search();
  const schema = operations.get('StartSearchJob')?.input as never;
  const input = {
    SearchScope: {
      BackupResourceTypes: ['S3'],
      BackupResourceCreationTime: { CreatedAfter: new Date(1_700_000_000_000) },
    },
    ItemFilters: { S3ItemFilters: [{ Sizes: [{ Value: 5, Operator: 'EQUALS_TO' }] }] },
    Tags: { a: 'b' },
  };
  const serializer = codec.createSerializer();
  serializer.write(schema, input);
  const text = serializer.flush();
  expect(JSON.parse(String(text)).SearchScope.BackupResourceCreationTime.CreatedAfter).toBe(1_700_000_000);
  expect(await codec.createDeserializer().read(schema, text)).toEqual(input);
});

test('a union of a model is written like a structure', () => {
  const modelled = MODELLED['backupsearch'] as ModelledModule;
  const made = clientModuleOf(modelled, () => undefined);
  expect((made['ExportSpecification$'] as unknown[])[0]).toBe(4);
  expect(Object.keys(made).filter((name) => name.endsWith('Client'))).toEqual(['BackupSearchClient']);
});
