// A bucket of a served World: filled over the wire, backed up daily, restored, read back; beside writing the same bytes.
'use strict';

const { spawn } = require('node:child_process');
const { createCipheriv, createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { Readable } = require('node:stream');
const { bytesBelow, line, mib, seconds } = require('./figures.js');

const [build, folder, size, length] = process.argv.slice(2);
const MIB = 1024 * 1024;
const OBJECT_BYTES = 64 * MIB;
/** Of objects, that are written anew each day. */
const SHARE = 0.03;
const Bucket = 'bench';
const region = 'us-east-1';
const IamRoleArn = 'arn:aws:iam::123456789012:role/backup';

/** Random bytes of a seed. */
function* piecesOf(seed) {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16));
  for (let at = 0; at < OBJECT_BYTES; at += MIB) {
    yield cipher.update(Buffer.alloc(MIB));
  }
}

/** What nobody can be faster than here: the bytes are made, digested and on the disk. */
function floor(seeds) {
  for (const seed of seeds) {
    const file = fs.openSync(path.join(folder, 'floor'), 'w');
    const hash = createHash('sha256');
    for (const piece of piecesOf(seed)) {
      hash.update(piece);
      fs.writeSync(file, piece);
    }
    fs.fdatasyncSync(file);
    fs.closeSync(file);
    fs.rmSync(path.join(folder, 'floor'));
  }
}

async function begin() {
  const data = path.join(folder, 'data');
  const args = [path.join(build, '..', 'bin', 'holdfast.js'), 'serve', '--port', '0', '--data-dir', data];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    server.once('exit', () => reject(new Error('the server ended')));
    let said = '';
    server.stdout.on('data', (text) => {
      said += text;
      const found = /listening on (http:\S+)/.exec(said);
      if (found) {
        resolve(found[1]);
      }
    });
  });
  return { server, url, data };
}

function clientsOf(endpoint) {
  const { BackupClient } = require('@aws-sdk/client-backup');
  const { S3Client } = require('@aws-sdk/client-s3');
  const config = { endpoint, region, credentials: { accessKeyId: '123456789012', secretAccessKey: 'any' } };
  return { s3: new S3Client({ ...config, forcePathStyle: true }), backup: new BackupClient(config) };
}

async function put(s3, key, seed) {
  const { PutObjectCommand } = require('@aws-sdk/client-s3');
  const Body = Readable.from(piecesOf(seed), { objectMode: false });
  await s3.send(new PutObjectCommand({ Bucket, Key: `${key}`, Body, ContentLength: OBJECT_BYTES }));
}

async function prepare({ s3, backup }) {
  const { CreateBucketCommand, PutBucketVersioningCommand } = require('@aws-sdk/client-s3');
  const sdk = require('@aws-sdk/client-backup');
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }));
  await backup.send(new sdk.CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  const rule = { RuleName: 'daily', TargetBackupVaultName: 'main', ScheduleExpression: 'cron(0 5 * * ? *)' };
  const BackupPlan = { BackupPlanName: 'plan', Rules: [{ ...rule, Lifecycle: { DeleteAfterDays: 35 } }] };
  const { BackupPlanId } = await backup.send(new sdk.CreateBackupPlanCommand({ BackupPlan }));
  const BackupSelection = { SelectionName: 'all', IamRoleArn, Resources: [`arn:aws:s3:::${Bucket}`] };
  await backup.send(new sdk.CreateBackupSelectionCommand({ BackupPlanId, BackupSelection }));
}

async function advance(url, span) {
  const answer = await fetch(`${url}/_holdfast/clock`, { method: 'POST', body: JSON.stringify({ advance: span }) });
  if (answer.status !== 200) {
    throw new Error(await answer.text());
  }
}

async function restore({ backup }, url) {
  const sdk = require('@aws-sdk/client-backup');
  const ResourceArn = `arn:aws:s3:::${Bucket}`;
  const { RecoveryPoints } = await backup.send(new sdk.ListRecoveryPointsByResourceCommand({ ResourceArn }));
  const newest = RecoveryPoints.reduce((a, b) => (b.CreationDate > a.CreationDate ? b : a));
  const Metadata = { DestinationBucketName: 'restored', NewBucket: 'true' };
  const asked = { RecoveryPointArn: newest.RecoveryPointArn, IamRoleArn, Metadata };
  const { RestoreJobId } = await backup.send(new sdk.StartRestoreJobCommand(asked));
  await advance(url, 'P2D');
  const { Status, StatusMessage } = await backup.send(new sdk.DescribeRestoreJobCommand({ RestoreJobId }));
  if (Status !== 'COMPLETED') {
    throw new Error(`the restore is ${Status}: ${StatusMessage}`);
  }
}

/** Reads all that was restored, and holds it against what it must be. */
async function read({ s3 }, seeds) {
  const { GetObjectCommand } = require('@aws-sdk/client-s3');
  for (const [key, seed] of seeds.entries()) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'restored', Key: `${key}` }));
    const [came, made] = [createHash('sha256'), createHash('sha256')];
    for await (const piece of Body) {
      came.update(piece);
    }
    for (const piece of piecesOf(seed)) {
      made.update(piece);
    }
    if (came.digest('hex') !== made.digest('hex')) {
      throw new Error(`object ${key} is not what was put`);
    }
  }
}

/** The most that the process ever had. */
function peakOf({ pid }) {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)[1]) * 1024;
}

async function main() {
  const count = Math.round((Number(size || 2048) * MIB) / OBJECT_BYTES);
  const days = Number(length || 7);
  const seeds = Array.from({ length: count }, (_, key) => key);
  const { server, url, data } = await begin();
  const clients = clientsOf(url);
  await prepare(clients);
  const total = count * OBJECT_BYTES;
  const rate = (took) => `${took.toFixed(0)} s, ${Math.round(total / 1e6 / took)} MB/s`;
  const least = await seconds(async () => floor(seeds));
  const filling = await seconds(async () => {
    for (const key of seeds) {
      await put(clients.s3, key, key);
    }
  });
  const filled = peakOf(server);
  const daily = await seconds(async () => {
    for (let day = 0; day < days; day++) {
      for (let one = 0; day > 0 && one < Math.ceil(count * SHARE); one++) {
        const key = (day * 7 + one) % count;
        seeds[key] = (seeds[key] + 101) % 251;
        await put(clients.s3, key, seeds[key]);
      }
      await advance(url, 'P1D');
    }
  });
  const restoring = await seconds(() => restore(clients, url));
  const reading = await seconds(() => read(clients, seeds));
  line('a bucket of a server', `${mib(total)} in ${count} objects, ${days} days`);
  line('made, digested, written (floor)', rate(least));
  line('filled over the wire', rate(filling));
  line('… times the floor', (filling / least).toFixed(2));
  line('daily change and backup, all days', `${daily.toFixed(0)} s`);
  line('restored', rate(restoring));
  line('read back and compared', rate(reading));
  line('bodies on disk at the end', mib(bytesBelow(path.join(data, 'bodies'))));
  line('peak memory when it was full', mib(filled));
  line('peak memory of the server', mib(peakOf(server)));
  clients.s3.destroy();
  clients.backup.destroy();
  server.removeAllListeners('exit');
  server.kill();
  await new Promise((resolve) => server.once('exit', resolve));
}

main().catch((fault) => {
  console.error(fault);
  process.exit(1);
});
