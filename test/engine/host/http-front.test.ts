import * as http from 'node:http';
import { HttpFront } from '../../../engine/src/host/http-front';
import type { WireRequest } from '../../../engine/src/wire/message';

async function asked(
  front: HttpFront,
  options: http.RequestOptions,
  body: string | Buffer = '',
): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const request = http.request(front.url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve([response.statusCode ?? 0, Buffer.concat(chunks).toString()]));
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function withFront(
  answer: (request: WireRequest) => string,
  ask: (front: HttpFront) => Promise<void>,
): Promise<void> {
  const answering = {
    answer: async (request: WireRequest) => ({
      status: 201,
      headers: { 'x-a': 'b' },
      body: new TextEncoder().encode(answer(request)),
    }),
  };
  const front = await HttpFront.open(answering, { ownPaths: /^\/own/ });
  try {
    await ask(front);
  } finally {
    await front.close();
  }
}

test('a request reaches the wire with its path as sent, its query, its headers and its body', async () => {
  await withFront(
    (request) => JSON.stringify({ ...request, body: Buffer.from(request.body).toString('base64') }),
    async (front) => {
      const headers = { 'X-Amz-Target': 'T.Op' };
      const [status, body] = await asked(
        front,
        { method: 'POST', path: '/a%2Fb/c?x=1&y=2&y=3&z', headers },
        Buffer.from([0xff, 0]),
      );
      expect(status).toBe(201);
      expect(JSON.parse(body)).toMatchObject({
        method: 'POST',
        path: '/a%2Fb/c',
        query: { x: '1', y: ['2', '3'], z: '' },
        headers: { 'x-amz-target': 'T.Op' },
        body: '/wA=',
      });
    },
  );
});

// prettier-ignore
test.each([
  ['localhost:4566', 201], ['127.0.0.1', 201], ['[::1]:80', 201], ['backup.localhost:1', 201],
  ['example.com', 403], ['127.0.0.1.example.com', 403], ['localhost.example.com', 403],
])('a request for host %j is answered %s', async (host, status) => {
  await withFront(
    () => '',
    async (front) => expect((await asked(front, { headers: { host } }))[0]).toBe(status),
  );
});

test('a fault of the engine is kept for the host, and no client waits for it', async () => {
  const fault = new Error('no move');
  await withFront(
    () => {
      throw fault;
    },
    async (front) => {
      expect((await asked(front, {}))[0]).toBe(400);
      expect(front.fault).toBe(fault);
    },
  );
});

test('a body beyond 8 MiB is refused, and beyond 256 MiB for S3 and for what this machine alone may ask', async () => {
  await withFront(
    () => '',
    async (front) => {
      const size = 8 * 1024 * 1024;
      expect((await asked(front, { method: 'POST' }, 'x'.repeat(size)))[0]).toBe(201);
      expect((await asked(front, { method: 'POST' }, 'x'.repeat(size + 1)))[0]).toBe(413);
      expect((await asked(front, { method: 'POST', path: '/own' }, 'x'.repeat(size + 1)))[0]).toBe(201);
      const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=AKID/20270101/us-east-1/s3/aws4_request' };
      expect((await asked(front, { method: 'PUT', headers }, Buffer.alloc(size + 1)))[0]).toBe(201);
      // What is announced is refused before it is sent.
      const announced = { ...headers, 'content-length': 32 * size + 1 };
      expect((await asked(front, { method: 'GET', headers: announced }))[0]).toBe(413);
    },
  );
});
