// The real AWS CLI and boto3 with buckets of a served World, which the path of their endpoint names.
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorlds } from '../../../engine/src/host/served-worlds';
import { exercised, testWith } from '../../support/programs';

const run = promisify(execFile);

let front: HttpFront;
let folder: string;

beforeEach(async () => {
  const env = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
  front = await HttpFront.open(new ServedWorlds({ env, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' }));
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-s3-'));
});

afterEach(async () => {
  await front.close();
  fs.rmSync(folder, { recursive: true });
});

async function program(name: string, ...args: readonly string[]): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    AWS_ENDPOINT_URL: `${front.url}/_world/s3`,
    AWS_ACCESS_KEY_ID: '111111111111',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_DEFAULT_REGION: 'eu-central-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
  return (await run(name, [...args], { cwd: folder, env })).stdout;
}

testWith('aws', 'aws')(
  'the AWS CLI makes a bucket, copies a file there in parts and back, and hands out an address of it',
  async () => {
    exercised('aws', 's3 over a socket');
    const s3 = (...args: string[]) => program('aws', 's3', ...args, '--no-progress');
    fs.mkdirSync(path.join(folder, 'd'));
    fs.writeFileSync(path.join(folder, 'd', 'a é+.bin'), randomBytes(9 * 1024 * 1024));
    fs.writeFileSync(path.join(folder, 'd', 'b.txt'), 'b');
    await program('aws', 's3', 'mb', 's3://there');
    expect((await s3('sync', 'd', 's3://there/d')).match(/^upload: /gm)).toHaveLength(2);
    await s3('cp', '--recursive', 's3://there/d', 'e');
    for (const name of ['a é+.bin', 'b.txt']) {
      const [sent, came] = ['d', 'e'].map((one) => fs.readFileSync(path.join(folder, one, name)));
      expect(Buffer.compare(sent as Buffer, came as Buffer)).toBe(0);
    }
    const address = (await program('aws', 's3', 'presign', 's3://there/d/b.txt')).trim();
    expect(await (await fetch(address)).text()).toBe('b');
    await program('aws', 's3', 'rb', '--force', 's3://there');
    await expect(program('aws', 's3', 'ls', 's3://there')).rejects.toMatchObject({
      stderr: expect.stringContaining('NoSuchBucket'),
    });
  },
  120_000,
);

const SCRIPT = `
import boto3, io, json
from boto3.s3.transfer import TransferConfig
s3 = boto3.client('s3')
s3.create_bucket(Bucket='there', CreateBucketConfiguration={'LocationConstraint': 'eu-central-1'})
data = bytes(range(256)) * 4096 * 6
s3.upload_fileobj(io.BytesIO(data), 'there', 'big', Config=TransferConfig(multipart_chunksize=5 * 1024 * 1024, multipart_threshold=1))
back = io.BytesIO()
s3.download_fileobj('there', 'big', back)
for number in range(5):
    s3.put_object(Bucket='there', Key=f'k/{number}', Body=b'x', ChecksumAlgorithm='SHA256', Metadata={'n': str(number)})
pages = s3.get_paginator('list_objects_v2').paginate(Bucket='there', Prefix='k/', PaginationConfig={'PageSize': 2})
keys = [one['Key'] for page in pages for one in page['Contents']]
head = s3.head_object(Bucket='there', Key='k/3', ChecksumMode='ENABLED')
try:
    s3.get_object(Bucket='there', Key='none')
    code = None
except s3.exceptions.NoSuchKey as error:
    code = error.response['Error']['Code']
resource = boto3.resource('s3').Bucket('there')
resource.objects.all().delete()
where = s3.get_bucket_location(Bucket='there')['LocationConstraint']
resource.delete()
print(json.dumps([back.getvalue() == data, keys, head['Metadata'], head['ChecksumSHA256'], code, where, s3.list_buckets()['Buckets']]))
`;

testWith('boto3', 'python3', ['-c', 'import boto3'])(
  'boto3 sends and fetches in parts, pages through keys, and knows exceptions',
  async () => {
    exercised('boto3', 's3 over a socket');
    const keys = [0, 1, 2, 3, 4].map((number) => `k/${number}`);
    const sum = createHash('sha256').update('x').digest('base64');
    const printed = JSON.parse(await program('python3', '-c', SCRIPT)) as unknown;
    expect(printed).toEqual([true, keys, { n: '3' }, sum, 'NoSuchKey', 'eu-central-1', []]);
  },
  120_000,
);
