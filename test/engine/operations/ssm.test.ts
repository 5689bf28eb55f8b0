import { CreateKeyCommand, DisableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  AddTagsToResourceCommand,
  CreateDocumentCommand,
  DeleteDocumentCommand,
  DeleteParameterCommand,
  DeleteParametersCommand,
  DescribeDocumentCommand,
  DescribeDocumentPermissionCommand,
  DescribeParametersCommand,
  DocumentAlreadyExists,
  DuplicateDocumentContent,
  GetDocumentCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  InvalidDocument,
  InvalidDocumentContent,
  InvalidDocumentOperation,
  InvalidDocumentVersion,
  InvalidKeyId,
  ListDocumentsCommand,
  ListTagsForResourceCommand,
  ModifyDocumentPermissionCommand,
  ParameterAlreadyExists,
  ParameterNotFound,
  ParameterPatternMismatchException,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
  SSMClient,
  UpdateDocumentCommand,
  UpdateDocumentDefaultVersionCommand,
} from '@aws-sdk/client-ssm';
import { World } from '@holdfast/engine';

function begin() {
  const world = new World({ start: '2027-01-01T00:00:00Z', seed: 1 });
  return { world, ssm: world.client(SSMClient) };
}

test('a parameter has versions, and each can be asked for', async () => {
  const { ssm } = begin();
  const Name = '/cdk/version';
  const put = (Value: string, input: object = {}) => ssm.send(new PutParameterCommand({ Name, Value, ...input }));
  await expect(put('20')).rejects.toMatchObject({ name: 'ValidationException' });
  expect(await put('20', { Type: 'String', Tags: [{ Key: 'a', Value: '1' }] })).toMatchObject({ Version: 1 });
  await expect(put('21')).rejects.toBeInstanceOf(ParameterAlreadyExists);
  expect(await put('21', { Overwrite: true })).toMatchObject({ Version: 2 });
  const tagged = put('22', { Overwrite: true, Tags: [{ Key: 'b', Value: '2' }] });
  await expect(tagged).rejects.toMatchObject({ name: 'ValidationException' });
  const get = async (name: string) => (await ssm.send(new GetParameterCommand({ Name: name }))).Parameter;
  const ARN = 'arn:aws:ssm:us-east-1:123456789012:parameter/cdk/version';
  expect(await get(Name)).toMatchObject({ Name, ARN, Value: '21', Version: 2, Type: 'String', DataType: 'text' });
  expect(await get(`${Name}:1`)).toMatchObject({ Value: '20', Version: 1, Selector: ':1' });
  expect(await get(ARN)).toMatchObject({ Value: '21' });
  await expect(get(`${Name}:3`)).rejects.toBeInstanceOf(ParameterNotFound);
  const { Parameters } = await ssm.send(new GetParameterHistoryCommand({ Name }));
  expect(Parameters?.map(({ Value }) => Value)).toEqual(['20', '21']);
  const of = { ResourceType: 'Parameter' as const, ResourceId: Name };
  await ssm.send(new AddTagsToResourceCommand({ ...of, Tags: [{ Key: 'c', Value: '3' }] }));
  await ssm.send(new RemoveTagsFromResourceCommand({ ...of, TagKeys: ['a'] }));
  expect((await ssm.send(new ListTagsForResourceCommand(of))).TagList).toEqual([{ Key: 'c', Value: '3' }]);
  await ssm.send(new DeleteParameterCommand({ Name }));
  await expect(get(Name)).rejects.toBeInstanceOf(ParameterNotFound);
});

test('parameters are found by path and by filters, page by page', async () => {
  const { ssm } = begin();
  for (const Name of ['/a/one', '/a/two', '/a/deep/three', 'plain']) {
    await ssm.send(new PutParameterCommand({ Name, Value: Name, Type: Name === 'plain' ? 'StringList' : 'String' }));
  }
  const names = (parameters: { Name?: string | undefined }[] = []) => parameters.map(({ Name }) => Name);
  const first = await ssm.send(new GetParametersByPathCommand({ Path: '/a', MaxResults: 1 }));
  const NextToken = first.NextToken;
  const second = await ssm.send(new GetParametersByPathCommand({ Path: '/a', MaxResults: 1, NextToken }));
  expect([...names(first.Parameters), ...names(second.Parameters), second.NextToken]).toEqual([
    ...['/a/one', '/a/two', undefined],
  ]);
  const deep = await ssm.send(new GetParametersByPathCommand({ Path: '/a', Recursive: true }));
  expect(names(deep.Parameters)).toEqual(['/a/deep/three', '/a/one', '/a/two']);
  const described = async (Key: string, Option: string, value: string) => {
    const ParameterFilters = [{ Key, Option, Values: [value] }];
    return names((await ssm.send(new DescribeParametersCommand({ ParameterFilters }))).Parameters);
  };
  expect(await described('Name', 'Equals', '/a/one')).toEqual(['/a/one']);
  expect(await described('Name', 'BeginsWith', '/a/d')).toEqual(['/a/deep/three']);
  expect(await described('Name', 'Contains', 'w')).toEqual(['/a/two']);
  expect(await described('Path', 'OneLevel', '/a')).toEqual(['/a/one', '/a/two']);
  expect(await described('Type', 'Equals', 'StringList')).toEqual(['plain']);
  await expect(described('KeyId', 'Equals', 'x')).rejects.toMatchObject({ name: 'NotEmulated' });
  const some = await ssm.send(new GetParametersCommand({ Names: ['plain', 'none'] }));
  expect([names(some.Parameters), some.InvalidParameters]).toEqual([['plain'], ['none']]);
  const gone = await ssm.send(new DeleteParametersCommand({ Names: ['plain', 'none'] }));
  expect([gone.DeletedParameters, gone.InvalidParameters]).toEqual([['plain'], ['none']]);
});

test('a secure string is sealed unless it is asked for in the clear, and its key has to work', async () => {
  const { world, ssm } = begin();
  const kms = world.client(KMSClient);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const KeyId = KeyMetadata?.KeyId ?? '';
  const secret = { Name: 's', Value: 'secret', Type: 'SecureString' as const };
  const unknown = ssm.send(new PutParameterCommand({ ...secret, KeyId: '00000000-0000-4000-8000-000000000000' }));
  await expect(unknown).rejects.toBeInstanceOf(InvalidKeyId);
  await ssm.send(new PutParameterCommand({ ...secret, KeyId }));
  await ssm.send(new PutParameterCommand({ ...secret, Name: 'managed' }));
  const value = async (Name: string, WithDecryption: boolean) =>
    (await ssm.send(new GetParameterCommand({ Name, WithDecryption }))).Parameter?.Value;
  expect(await value('s', false)).not.toContain('secret');
  expect(await value('s', true)).toBe('secret');
  await kms.send(new DisableKeyCommand({ KeyId }));
  await expect(value('s', true)).rejects.toBeInstanceOf(InvalidKeyId);
  expect(await value('managed', true)).toBe('secret');
});

test('fails with values that are too long, or do not match their own pattern', async () => {
  const { ssm } = begin();
  const put = (length: number, input: object = {}) =>
    ssm.send(new PutParameterCommand({ Name: `n${length}`, Value: 'x'.repeat(length), Type: 'String', ...input }));
  await put(4096);
  await expect(put(4097)).rejects.toMatchObject({ name: 'ValidationException' });
  await put(8192, { Tier: 'Advanced' });
  await expect(put(8193, { Tier: 'Advanced' })).rejects.toMatchObject({ name: 'ValidationException' });
  const mismatch = put(3, { AllowedPattern: '^y+$' });
  await expect(mismatch).rejects.toBeInstanceOf(ParameterPatternMismatchException);
});

test('a document has versions, a default, and accounts that it is shared with', async () => {
  const { ssm } = begin();
  const Name = 'runbook';
  const content = (description: string) =>
    JSON.stringify({ schemaVersion: '0.3', description, parameters: { Point: { type: 'String' } }, mainSteps: [] });
  const bad = ssm.send(new CreateDocumentCommand({ Name, Content: '[]', DocumentType: 'Automation' }));
  await expect(bad).rejects.toBeInstanceOf(InvalidDocumentContent);
  const made = await ssm.send(
    new CreateDocumentCommand({ Name, Content: content('one'), DocumentType: 'Automation', VersionName: 'first' }),
  );
  expect(made.DocumentDescription).toMatchObject({
    ...{ Name, Owner: '123456789012', Status: 'Active', DocumentVersion: '1', Description: 'one' },
    ...{ Parameters: [{ Name: 'Point', Type: 'String' }], SchemaVersion: '0.3', DocumentType: 'Automation' },
  });
  const twice = ssm.send(new CreateDocumentCommand({ Name, Content: content('one') }));
  await expect(twice).rejects.toBeInstanceOf(DocumentAlreadyExists);
  const update = (text: string, DocumentVersion = '$LATEST') =>
    ssm.send(new UpdateDocumentCommand({ Name, Content: content(text), DocumentVersion }));
  await expect(update('one')).rejects.toBeInstanceOf(DuplicateDocumentContent);
  await update('two');
  await expect(update('three', '1')).rejects.toBeInstanceOf(InvalidDocumentVersion);
  const described = async (input: object = {}) =>
    (await ssm.send(new DescribeDocumentCommand({ Name, ...input }))).Document;
  expect(await described()).toMatchObject({ DocumentVersion: '1', LatestVersion: '2', DefaultVersion: '1' });
  await ssm.send(new UpdateDocumentDefaultVersionCommand({ Name, DocumentVersion: '2' }));
  expect(await described()).toMatchObject({ DocumentVersion: '2', DefaultVersion: '2', Description: 'two' });
  expect(await described({ VersionName: 'first' })).toMatchObject({ DocumentVersion: '1' });
  const read = await ssm.send(new GetDocumentCommand({ Name, DocumentVersion: '1' }));
  expect(read).toMatchObject({ Content: content('one'), DocumentFormat: 'JSON' });
  const Filters = [{ Key: 'DocumentType', Values: ['Automation'] }];
  expect((await ssm.send(new ListDocumentsCommand({ Filters }))).DocumentIdentifiers).toMatchObject([{ Name }]);

  const share = { Name, PermissionType: 'Share' as const };
  await ssm.send(new ModifyDocumentPermissionCommand({ ...share, AccountIdsToAdd: ['444455556666'] }));
  const shared = await ssm.send(new DescribeDocumentPermissionCommand(share));
  expect(shared.AccountIds).toEqual(['444455556666']);
  const kept = ssm.send(new DeleteDocumentCommand({ Name }));
  await expect(kept).rejects.toBeInstanceOf(InvalidDocumentOperation);
  await ssm.send(new ModifyDocumentPermissionCommand({ ...share, AccountIdsToRemove: ['444455556666'] }));
  await ssm.send(new DeleteDocumentCommand({ Name }));
  await expect(described()).rejects.toBeInstanceOf(InvalidDocument);
});
