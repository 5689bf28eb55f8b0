import type { FrontProps } from '../../../engine/src/host/http-front';
import type { ServedProps } from '../../../engine/src/host/served-world';
import { cli } from './run-cli';

/** Runs the command; the server stops at once. */
async function serve(argv: string) {
  const asked: [ServedProps, FrontProps][] = [];
  const result = await cli(
    ['serve', ...argv.split(' ').filter((word) => word !== '')],
    {},
    {
      serve: async (world, front) => {
        asked.push([world, front]);
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
    },
    { port: 4566, host: '127.0.0.1', allowedHosts: [] },
  ]);
});

test('takes port, place, start, seed and further hosts from its flags', async () => {
  const { asked } = await serve(
    '--port 0 --account 111111111111 --region cn-north-1 --start 2028-02-03 --seed 7 --allow-host AWS.test --allow-host b',
  );
  expect(asked).toMatchObject([
    {
      env: { partition: 'aws-cn', account: '111111111111', region: 'cn-north-1' },
      start: Date.UTC(2028, 1, 3),
      seed: 7,
    },
    { port: 0, allowedHosts: ['aws.test', 'b'] },
  ]);
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

test('says why it cannot listen', async () => {
  const result = await cli(['serve'], {}, { serve: () => Promise.reject(new Error('listen EADDRINUSE')) });
  expect(result.stderr).toBe('error: cannot listen on 127.0.0.1:4566: listen EADDRINUSE\n');
  expect(result.code).toBe(2);
});
