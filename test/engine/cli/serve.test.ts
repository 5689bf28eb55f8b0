import type { FrontProps } from '../../../engine/src/host/http-front';
import { StoreFault } from '../../../engine/src/host/store-fault';
import type { ServedProps } from '../../../engine/src/host/served-world';
import { cli } from './run-cli';

/** Runs the command; the server stops at once. */
async function serve(argv: string) {
  const asked: [ServedProps, FrontProps, string | undefined][] = [];
  const result = await cli(
    ['serve', ...argv.split(' ').filter((word) => word !== '')],
    {},
    {
      serve: async (world, front, dataDir) => {
        asked.push([world, front, dataDir]);
        return { url: `http://${front.host}:${front.port}`, stopped: Promise.resolve() };
      },
    },
  );
  return { ...result, asked: asked[0] };
}

test('listens on 4566 of this machine, and says where and when it is', async () => {
  const { code, stdout, stderr, asked } = await serve('');
  expect(stdout).toBe(
    'holdfast listening on http://127.0.0.1:4566\n' +
      'the clock stands at 2027-01-01T00:00:00Z; POST /_holdfast/clock {"advance":"P1D"} moves it\n',
  );
  expect([code, stderr]).toEqual([0, '']);
  expect(asked).toEqual([
    {
      env: { partition: 'aws', account: '123456789012', region: 'us-east-1' },
      start: Date.UTC(2027, 0, 1),
      seed: 1,
      version: '1.2.3',
      speed: 0,
      enforceIam: false,
      clockSkew: 'wall',
      runFunctions: true,
    },
    { port: 4566, host: '127.0.0.1', allowedHosts: [], onFault: expect.any(Function) },
    undefined,
  ]);
});

test('takes port, place, start, seed and further hosts from its flags', async () => {
  const { asked } = await serve(
    '--port 0 --account 111111111111 --region cn-north-1 --start 2028-02-03 --seed 7 --bucket-quota 250 --allow-host AWS.test --allow-host b',
  );
  expect(asked).toMatchObject([
    {
      env: { partition: 'aws-cn', account: '111111111111', region: 'cn-north-1' },
      start: Date.UTC(2028, 1, 3),
      seed: 7,
      bucketQuota: 250,
    },
    { port: 0, allowedHosts: ['aws.test', 'b'] },
  ]);
});

test('runs databases at the ports that it is given', async () => {
  expect((await serve('--databases 5500-5599')).asked).toMatchObject([{ databases: { first: 5500, last: 5599 } }, {}]);
  expect((await serve('--databases 5500')).asked).toMatchObject([{ databases: { first: 5500, last: 5500 } }, {}]);
});

test('says how fast the clock runs', async () => {
  const { stdout, asked } = await serve('--speed 3600');
  expect(stdout).toContain('3600 times as fast as real time, the clock is at 2027-01-01T00:00:00Z; POST');
  expect(asked?.[0]).toMatchObject({ speed: 3600 });
});

test('verifies signatures when told to, by the clock that is named', async () => {
  const { asked } = await serve('--enforce-iam --clock-skew world');
  expect(asked?.[0]).toMatchObject({ enforceIam: true, clockSkew: 'world' });
  const { code, stderr } = await serve('--clock-skew moon');
  expect([code, stderr]).toEqual([2, expect.stringContaining('world, wall, off')]);
});

test('warns where other machines can reach it', async () => {
  expect((await serve('--host 0.0.0.0')).stderr).toContain('warning: 0.0.0.0 lets other machines in');
  expect((await serve('--host 0.0.0.0 --enforce-iam')).stderr).toContain('may do everything');
  const far = await serve('--host 0.0.0.0');
  expect([far.asked?.[0].runFunctions, far.stderr]).toEqual([false, expect.stringContaining('functions do not run')]);
  const running = await serve('--host 0.0.0.0 --run-functions');
  expect(running.asked?.[0].runFunctions).toBe(true);
  expect(running.stderr).toContain('and run code on this machine');
  expect((await serve('--host ::1')).stderr).toBe('');
});

// prettier-ignore
test.each([
  ['--port 65536',        "--port must be a whole number from 0 to 65535, got '65536'"],
  ['--port http',         "--port must be a whole number from 0 to 65535, got 'http'"],
  ['--allow-host a:80',   "--allow-host must be a host name without port, got 'a:80'"],
  ['--speed -1',          "--speed must be a number from 0 to 10000000, got '-1'"],
  ['--speed 10000001',    "--speed must be a number from 0 to 10000000, got '10000001'"],
  ['--account 12',        "--account must be 12 digits, got '12'"],
  ['stack.yaml',          "too many arguments"],
])('refuses %s', async (argv, text) => {
  const { code, stderr, asked } = await serve(argv);
  expect(stderr).toContain(text);
  expect([code, asked]).toEqual([2, undefined]);
});

test('says what is wrong with the folder, where it is that', async () => {
  const fault = Object.assign(new Error("EACCES: permission denied, scandir '/d'"), { syscall: 'scandir' });
  const result = await cli(['serve', '--data-dir', '/d'], {}, { serve: () => Promise.reject(fault) });
  expect(result.stderr).toBe("error: --data-dir /d cannot be had: EACCES: permission denied, scandir '/d'\n");
  const taken = Object.assign(new Error('listen EADDRINUSE'), { syscall: 'listen' });
  const other = await cli(['serve', '--data-dir', '/d'], {}, { serve: () => Promise.reject(taken) });
  expect(other.stderr).toBe('error: cannot listen on 127.0.0.1:4566: listen EADDRINUSE\n');
});

test('says why it cannot listen', async () => {
  const result = await cli(['serve'], {}, { serve: () => Promise.reject(new Error('listen EADDRINUSE')) });
  expect(result.stderr).toBe('error: cannot listen on 127.0.0.1:4566: listen EADDRINUSE\n');
  expect(result.code).toBe(2);
});

test('begins with the World of a file, and says why it cannot', async () => {
  const begun: (string | undefined)[] = [];
  const serving = { url: 'http://x', stopped: Promise.resolve() };
  const run = (argv: string[], refusal?: Error) =>
    cli(
      ['serve', ...argv],
      { 'world.json': '{"schema":"holdfast.snapshot/1"}' },
      {
        serve: async (_world, _front, _dataDir, snapshot) => {
          begun.push(snapshot);
          return refusal === undefined ? serving : Promise.reject(refusal);
        },
      },
    );
  expect((await run(['--snapshot', 'world.json'])).code).toBe(0);
  expect(begun).toEqual(['{"schema":"holdfast.snapshot/1"}']);
  const refused = await run(['--snapshot', 'world.json'], new StoreFault('the snapshot is damaged'));
  expect([refused.code, refused.stderr]).toEqual([2, 'error: --snapshot: the snapshot is damaged\n']);
  expect((await run(['--snapshot', 'none.json'])).stderr).toBe("error: --snapshot must be a file, got 'none.json'\n");
  expect((await run(['--snapshot', 'world.json', '--data-dir', 'd'])).stderr).toContain('exclude each other');
  expect(begun).toHaveLength(2);
});

test('keeps Worlds in a folder, and says why it cannot', async () => {
  expect((await serve('--data-dir a/b')).asked?.[2]).toBe('a/b');
  const refused = await cli(
    ['serve', '--data-dir', 'd'],
    {},
    { serve: () => Promise.reject(new StoreFault('d is in use by another server')) },
  );
  expect([refused.code, refused.stderr]).toEqual([2, 'error: --data-dir d is in use by another server\n']);
  const stopped = Promise.reject(new StoreFault('d takes no more: ENOSPC'));
  const full = await cli(['serve', '--data-dir', 'd'], {}, { serve: async () => ({ url: 'http://x', stopped }) });
  expect([full.code, full.stderr]).toEqual([2, 'error: --data-dir d takes no more: ENOSPC\n']);
});

test('tells of what the engine failed at, and where', async () => {
  const result = await cli(
    ['serve'],
    {},
    {
      serve: async (_, front) => {
        front.onFault?.(new Error('no move'), 'PUT /backup-vaults/main');
        return { url: 'http://127.0.0.1:4566', stopped: Promise.resolve() };
      },
    },
  );
  expect(result.stderr).toMatch(/^Holdfast failed at PUT \/backup-vaults\/main: Error: no move\n/);
});
