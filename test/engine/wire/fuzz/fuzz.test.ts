// Some thousands of malformed requests; `npm run fuzz` sends a hundred thousand.
import * as net from 'node:net';
import { HttpFront } from '../../../../engine/src/host/http-front';
import { ServedWorld } from '../../../../engine/src/host/served-world';
import { Draw } from '../../simulation/draw';
import { fuzz } from './fuzz';

test('malformed requests are answered with an error of AWS, and nothing falls over', async () => {
  const { requests, throughSocket, statuses, wrong } = await fuzz(1, 3000);
  expect(wrong).toEqual([]);
  expect(requests).toBeGreaterThan(2500);
  expect(throughSocket).toBeGreaterThan(300);
  // Some get through: otherwise the rest would prove little.
  expect(statuses[200]).toBeGreaterThan(100);
  expect(statuses[400]).toBeGreaterThan(500);
}, 240_000);

test('a service without an official client gets requests, too, some of which it takes', async () => {
  const { requests, statuses, wrong } = await fuzz(1, 600, 0, 'backup-search');
  expect(wrong).toEqual([]);
  expect(requests).toBe(600);
  expect(statuses[200]).toBeGreaterThan(0);
  expect(statuses[400]).toBeGreaterThan(50);
  expect(statuses[404]).toBeGreaterThan(50);
});

const HEAD = 'POST /backup-vaults/x HTTP/1.1\r\nHost: localhost\r\n';
const PARTS = [
  ...['GET / HTTP/1.1\r\n', HEAD, 'Content-Length: 5\r\n', 'Content-Length: -1\r\n', 'Content-Length: 99999999\r\n'],
  ...[
    'Transfer-Encoding: chunked\r\n',
    'Host: localhost\r\n',
    'Host: evil.example\r\n',
    'X: \u0000\r\n',
    '\r\n',
    '\r\n\r\n',
  ],
  ...[
    '5\r\nhello\r\n0\r\n\r\n',
    'ZZ\r\n',
    '{"a":',
    'HTTP/9.9\r\n',
    `X: ${'a'.repeat(20_000)}\r\n`,
    'Expect: 100-continue\r\n',
  ],
  'Authorization: AWS4-HMAC-SHA256 Credential=1/20270101/eu-central-1/backup/aws4_request\r\n',
];

/** Sends bytes that are hardly HTTP; over when the server hangs up, or has had its time to. */
async function send(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = net.connect(port, '127.0.0.1', () => socket.end(text, 'latin1'));
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}

test('bytes that are hardly HTTP end their own socket alone', async () => {
  const env = { partition: 'aws', account: '111111111111', region: 'eu-central-1' };
  const front = await HttpFront.open(new ServedWorld({ env, start: 0, seed: 1, version: '0' }));
  try {
    const port = Number(new URL(front.url).port);
    const answers = [];
    for (let number = 0; number < 300; number++) {
      const draw = new Draw(1, 'bytes', number);
      answers.push(await send(port, Array.from({ length: 1 + draw.below(6) }, () => draw.pick(PARTS)).join('')));
    }
    expect(answers.filter((answer) => /^HTTP\/1\.1 5/.test(answer))).toEqual([]);
    expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 4')).length).toBeGreaterThan(100);
    expect(front.fault).toBeUndefined();
    expect((await fetch(`${front.url}/_holdfast/health`)).status).toBe(200);
  } finally {
    await front.close();
  }
});
