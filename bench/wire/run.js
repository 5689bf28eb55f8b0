#!/usr/bin/env node
// Measures the wire: a served World, beside moto where it is installed; README.md says what the figures mean.
// Needs the compiled engine: npm run build && node bench/wire/run.js [requests] [connections] [points]
'use strict';

const { execFileSync, spawn } = require('node:child_process');
const { readFileSync } = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const path = require('node:path');

const [REQUESTS = 4000, CONNECTIONS = 8, POINTS = 100_000] = process.argv.slice(2).map(Number);
const ENGINE = path.join(__dirname, '..', '..', 'engine');
const ACCOUNT = '123456789012';
const REGION = 'eu-central-1';
/** Signed by nobody, as neither server looks: it says account, Region and service. */
const scopeOf = (account) =>
  `AWS4-HMAC-SHA256 Credential=${account}/20270101/${REGION}/backup/aws4_request, SignedHeaders=host, Signature=0`;
/** An account has 300 vaults at most, of which a round takes so many before it goes on in the next account. */
const VAULTS = 250;
/** A resource has a point a day. */
const DAYS = 100;
const PATIENCE_MS = 60_000;
/** What is short is measured so often; the best counts, as the machine may be shared. */
const ROUNDS = 5;
/** Commands of a round in process. */
const SHORT = 50;
/** Accounts of the rounds that only warm up, and of those that count. */
const [WARM, FIRST] = [200_000_000_000, 300_000_000_000];

function request({ port, agent }, method, target, body, account = ACCOUNT) {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = {
      authorization: scopeOf(account),
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    };
    const sent = http.request({ host: '127.0.0.1', port, agent, method, path: target, headers }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, body: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

async function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts a server; how long it takes to its first right answer of AWS Backup. */
async function start(name, command, argsFor) {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(command, argsFor(port), { stdio: 'ignore' });
  const gone = new Promise((resolve) => child.once('error', resolve));
  if ((await Promise.race([gone, new Promise((resolve) => child.once('spawn', () => resolve('up')))])) !== 'up') {
    return undefined;
  }
  const server = { name, port, child, agent: new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS }) };
  while (performance.now() - began < PATIENCE_MS) {
    const answer = await request(server, 'GET', '/backup-vaults/').catch(() => undefined);
    if (answer?.status === 200) {
      return { ...server, coldMs: performance.now() - began, emptyMib: residentMib(child.pid) };
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  child.kill();
  throw new Error(`${name} gave no answer in ${PATIENCE_MS} ms`);
}

/** Resident memory, where the system tells; moto's server may be a child of what was started. */
function residentMib(pid) {
  try {
    const kib = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
    return kib / 1024;
  } catch {
    return NaN;
  }
}

/** So many requests over so many connections: requests a second, and the time that 99 of 100 stay under. */
async function load(server, count, make) {
  const times = [];
  let next = 0;
  const one = async () => {
    while (next < count) {
      const [method, target, body, account] = make(next++);
      const began = performance.now();
      const { status, body: said } = await request(server, method, target, body, account);
      times.push(performance.now() - began);
      if (status !== 200) {
        throw new Error(`${server.name}: ${method} ${target} was answered ${status} ${said.slice(0, 200)}`);
      }
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  return { rate: count / seconds, p99: times[Math.floor(times.length * 0.99)] };
}

async function control(server, name, body) {
  const { status, body: said } = await request(server, 'POST', `/_holdfast/${name}`, body);
  if (status !== 200) {
    throw new Error(`${name}: ${said}`);
  }
}

/** A plan that has run for some months over enough resources. */
async function fill(server) {
  const resources = Array.from({ length: Math.ceil(POINTS / DAYS) }, (_, index) => ({
    ...{ type: 'EFS', name: `fs-${index}`, account: ACCOUNT, region: REGION, sizeGiB: 1 },
  }));
  await control(server, 'resources', resources);
  await request(server, 'PUT', '/backup-vaults/points');
  const rule = { RuleName: 'daily', TargetBackupVaultName: 'points', Lifecycle: { DeleteAfterDays: 2 * DAYS } };
  const plan = await request(server, 'PUT', '/backup/plans/', { BackupPlan: { BackupPlanName: 'p', Rules: [rule] } });
  const { BackupPlanId: id } = JSON.parse(plan.body);
  const role = `arn:aws:iam::${ACCOUNT}:role/backup`;
  const selection = { SelectionName: 's', IamRoleArn: role, Resources: ['*'] };
  await request(server, 'PUT', `/backup/plans/${id}/selections/`, { BackupSelection: selection });
  await control(server, 'clock', { advance: `P${DAYS + 1}D` });
  const { body } = await request(server, 'GET', '/backup-vaults/points');
  return JSON.parse(body).NumberOfRecoveryPoints;
}

const accountOf = (first, index) => String(first + Math.floor(index / VAULTS));

const WORK = [
  [
    'CreateBackupVault',
    (first) => (index) => ['PUT', `/backup-vaults/v-${first}-${index}`, {}, accountOf(first, index)],
  ],
  [
    'DescribeBackupVault',
    (first) => (index) => ['GET', `/backup-vaults/v-${first}-${index % 100}`, undefined, accountOf(first, 0)],
  ],
  ['ListBackupVaults', (first) => () => ['GET', '/backup-vaults/?maxResults=100', undefined, accountOf(first, 0)]],
];
const OURS = [
  ['DescribeBackupVault of all points', () => ['GET', '/backup-vaults/points']],
  ['ListRecoveryPointsByBackupVault', () => ['GET', '/backup-vaults/points/recovery-points/?maxResults=100']],
  ['ListBackupJobs', () => ['GET', '/backup-jobs/?maxResults=100']],
];

function row(what, { rate, p99 }, peer) {
  const ratio =
    peer === undefined
      ? ''
      : `  ${(rate / peer.rate).toFixed(1)} times moto (${Math.round(peer.rate)}, ${peer.p99.toFixed(1)} ms)`;
  console.log(`${what.padEnd(36)}${String(Math.round(rate)).padStart(7)} requests/s, p99 ${p99.toFixed(1)} ms${ratio}`);
}

/**
 * Commands that never see a socket, beside the same client whose requests are answered by a constant: what is left between
 * the two is the World's. Both take turns, by the time of the processor, and the best round of each counts.
 */
async function inProcess() {
  const { World } = require(ENGINE);
  const { BackupClient, CreateBackupVaultCommand, DescribeBackupVaultCommand } = require('@aws-sdk/client-backup');
  const client = new World({ start: '2027-01-01T00:00:00Z' }).client(BackupClient);
  await client.send(new CreateBackupVaultCommand({ BackupVaultName: 'vault' }));
  const command = new DescribeBackupVaultCommand({ BackupVaultName: 'vault' });
  const { requestHandler } = client.config;
  let constant;
  const handle = async (sent) => {
    constant ??= (await requestHandler.handle(sent)).response;
    return { response: { ...constant } };
  };
  const alone = new BackupClient({
    region: client.config.region,
    credentials: client.config.credentials,
    maxAttempts: 1,
    requestHandler: { handle, destroy: () => {} },
  });
  const best = { world: 0, alone: 0 };
  for (let sent = 0; sent < REQUESTS; sent += SHORT) {
    for (const [name, one] of Object.entries({ world: client, alone })) {
      const began = process.cpuUsage();
      for (let count = 0; count < SHORT; count++) {
        await one.send(command);
      }
      const { user, system } = process.cpuUsage(began);
      best[name] = Math.max(best[name], SHORT / ((user + system) / 1e6));
    }
  }
  const between = 1 / (1 / best.world - 1 / best.alone);
  console.log(
    `in process, client of the SDK       ${Math.round(best.world)} commands/s; the client alone ${Math.round(best.alone)}, ` +
      `the World alone ${Math.round(between)}`,
  );
}

/** What a test file waits for: the engine, a World, its first command, and the same of a second World. */
function ownWorlds() {
  const script = `
    const began = performance.now();
    const { World } = require(${JSON.stringify(ENGINE)});
    const { BackupClient, ListBackupVaultsCommand } = require('@aws-sdk/client-backup');
    const loaded = performance.now();
    const one = () => new World({ start: '2027-01-01T00:00:00Z' }).client(BackupClient).send(new ListBackupVaultsCommand({}));
    one().then(() => {
      const first = performance.now();
      return one().then(() => console.log([loaded - began, first - loaded, performance.now() - first].join(' ')));
    });`;
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  const rounds = Array.from({ length: ROUNDS }, () =>
    execFileSync(process.execPath, ['-e', script], { cwd: ENGINE, env, encoding: 'utf8' }).split(' ').map(Number),
  );
  const [load, first, second] = [0, 1, 2].map((index) => Math.min(...rounds.map((round) => round[index])).toFixed(0));
  console.log(
    `loading ${load} ms, a World and its first command ${first} ms, a second World and its first ${second} ms`,
  );
}

const startOurs = () =>
  start('holdfast', process.execPath, (port) => [
    path.join(ENGINE, 'bin', 'holdfast.js'),
    'serve',
    '--port',
    String(port),
  ]);
const startMoto = () => start('moto', 'moto_server', (port) => ['-H', '127.0.0.1', '-p', String(port)]);

/** Servers of both, started in turns; those of the last round stay. */
async function startBoth() {
  const colds = [];
  for (let round = 1; ; round++) {
    const [ours, moto] = [await startOurs(), await startMoto()];
    colds.push([ours.coldMs, moto?.coldMs]);
    if (round === ROUNDS) {
      const [best, peer] = [0, 1].map((index) => Math.min(...colds.map((cold) => cold[index])));
      return [{ ...ours, coldMs: best }, moto && { ...moto, coldMs: peer }];
    }
    ours.child.kill();
    moto?.child.kill();
  }
}

async function main() {
  const [ours, moto] = await startBoth();
  try {
    console.log(
      `${REQUESTS} requests, ${CONNECTIONS} connections, Node ${process.version}${moto === undefined ? '; moto is not installed' : ''}`,
    );
    for (const server of [ours, moto].filter((one) => one !== undefined)) {
      const { name, coldMs, emptyMib } = server;
      console.log(`${name}: first answer ${Math.round(coldMs)} ms after its start, ${Math.round(emptyMib)} MiB`);
    }
    for (const [what, make] of WORK) {
      await load(ours, Math.ceil(REQUESTS / 10), make(WARM));
      const peer = moto && (await load(moto, Math.ceil(REQUESTS / 4), make(FIRST)));
      row(what, await load(ours, REQUESTS, make(FIRST)), peer);
    }
    console.log(`${await fill(ours)} recovery points, ${Math.round(residentMib(ours.child.pid))} MiB:`);
    for (const [what, make] of OURS) {
      row(what, await load(ours, REQUESTS, make));
    }
    await inProcess();
    ownWorlds();
  } finally {
    ours.child.kill();
    moto?.child.kill();
  }
  process.exit(0);
}

void main();
