// Code of functions that lies in a bucket of the World.
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { WorldState } from '../../../engine/src/domain/world-state';
import { textAtUrl } from '../../../engine/src/operations/bucket-code';
import { createBucket } from '../../../engine/src/operations/s3/create-bucket';
import { putObject } from '../../../engine/src/operations/s3/put-object';
import { World } from '../../../engine/src/testing/world';
import { zipOf } from '../../support/zip';

const Bucket = 'assets';
const Runtime = 'nodejs22.x' as const;
const made = { FunctionName: 'f', Role: 'arn:aws:iam::123456789012:role/f', Runtime, Handler: 'index.handler' };

test('a function runs the code that lay in a bucket when it was made', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z', runFunctions: true });
  const [s3, lambda] = [world.client(S3Client), world.client(LambdaClient)];
  await s3.send(new CreateBucketCommand({ Bucket }));
  const upload = (answer: number) => {
    const Body = zipOf({ 'index.js': `exports.handler = async () => ${answer}` });
    return s3.send(new PutObjectCommand({ Bucket, Key: 'f.zip', Body }));
  };
  await upload(1);
  await lambda.send(new CreateFunctionCommand({ ...made, Code: { S3Bucket: Bucket, S3Key: 'f.zip' } }));
  await upload(2);
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'f' }));
  expect(new TextDecoder().decode(Payload)).toBe('1');
});

test('fails for code that is in no bucket', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  await world.client(S3Client).send(new CreateBucketCommand({ Bucket }));
  const make = (S3Bucket: string) =>
    world.client(LambdaClient).send(new CreateFunctionCommand({ ...made, Code: { S3Bucket, S3Key: 'none' } }));
  const name = 'InvalidParameterValueException';
  await expect(make(Bucket)).rejects.toMatchObject({ name, message: expect.stringContaining('NoSuchKey') });
  await expect(make('other')).rejects.toMatchObject({ name, message: expect.stringContaining('NoSuchBucket') });
});

test('fails for code that is larger than Lambda takes, which is not read', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  const [s3, lambda] = [world.client(S3Client), world.client(LambdaClient)];
  await s3.send(new CreateBucketCommand({ Bucket }));
  const make = async (key: string, Body: Uint8Array) => {
    await s3.send(new PutObjectCommand({ Bucket, Key: key, Body }));
    const Code = { S3Bucket: Bucket, S3Key: key };
    return lambda.send(new CreateFunctionCommand({ ...made, FunctionName: key, Code })).then(
      () => 'made',
      ({ name, message }: Error) => `${name}: ${message}`,
    );
  };
  const refused = 'InvalidParameterValueException: Unzipped size must be smaller than 262144000 bytes';
  const archive = (sizeBytes: number) => zipOf({ 'index.js': 'exports.handler = async () => 1' }, sizeBytes);
  expect(await make('fits', archive(262_143_999))).toBe('made');
  expect(await make('unpacked', archive(262_144_000))).toBe(refused);
  expect(await make('packed', new Uint8Array(262_144_000))).toBe(refused);
  const asked = { ...made, FunctionName: 'inline', Code: { ZipFile: archive(262_144_000) } };
  await expect(lambda.send(new CreateFunctionCommand(asked))).rejects.toThrow('Unzipped size must be smaller');
  await world.close();
});

test('fails for a template that is larger than CloudFormation takes', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  const [s3, stacks] = [world.client(S3Client), world.client(CloudFormationClient)];
  await s3.send(new CreateBucketCommand({ Bucket }));
  const template = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
  const make = async (StackName: string, sizeBytes: number) => {
    await s3.send(new PutObjectCommand({ Bucket, Key: 't.json', Body: template.padEnd(sizeBytes) }));
    const TemplateURL = `https://${Bucket}.s3.us-east-1.amazonaws.com/t.json`;
    return stacks.send(new CreateStackCommand({ StackName, TemplateURL }));
  };
  expect((await make('fits', 1_000_000)).StackId).toContain('fits');
  await expect(make('large', 1_000_001)).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Template may not exceed 1000000 bytes in size.',
  });
});

// prettier-ignore
test.each([
  'http://127.0.0.1:4566/assets/a%20b/t.json', 'https://s3.eu-central-1.amazonaws.com/assets/a%20b/t.json',
  'https://assets.s3.eu-central-1.amazonaws.com/a%20b/t.json', 'http://assets.s3.localhost:4566/a%20b/t.json',
])('an object is found by its address %s', (url) => {
  const state = new WorldState({ start: 0 });
  const caller = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
  createBucket(state, caller, { Bucket });
  putObject(state, caller, { Bucket, Key: 'a b/t.json', Body: '{}' });
  expect(textAtUrl(state, caller, url, () => undefined)).toBe('{}');
  expect(() => textAtUrl(state, caller, `${url}x`, () => undefined)).toThrow('The specified key does not exist.');
});
