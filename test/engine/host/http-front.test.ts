import { once } from 'node:events';
import * as http from 'node:http';
import * as net from 'node:net';
import { HttpFront } from '../../../engine/src/host/http-front';
import { textOf, WireRequest } from '../../../engine/src/wire/message';

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

// A request whose body was read counts as destroyed.
test.each(['', 'a body'])(
  'a fault of the engine at %j is told to the host, and no client waits for it',
  async (body) => {
    const fault = new Error('no move');
    const told: [unknown, string][] = [];
    const answering = {
      answer: async () => {
        throw fault;
      },
    };
    const front = await HttpFront.open(answering, { onFault: (...one) => told.push(one) });
    try {
      const more = `POST /a?b HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n`;
      const answer = await raw(front, more, body);
      expect(answer).toMatch(/^HTTP\/1.1 400 .*x-amzn-errortype: InternalFailure\r\n.*\r\n\r\n$/s);
      expect(front.fault).toBe(fault);
      expect(told).toEqual([[fault, 'POST /a?b']]);
    } finally {
      await front.close();
    }
  },
);

test('an answer whose headers cannot be sent is a fault, which the client of a body is told as well', async () => {
  const answering = { answer: async () => ({ status: 200, headers: { a: 'b\r\nc: d' }, body: new Uint8Array(3) }) };
  const front = await HttpFront.open(answering);
  try {
    const answer = await raw(
      front,
      'POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 1\r\n\r\na',
    );
    expect(answer).toMatch(/^HTTP\/1.1 400 .*\r\n\r\n$/s);
    expect(answer).not.toContain('c: d');
    expect(front.fault).toMatchObject({ code: 'ERR_INVALID_CHAR' });
  } finally {
    await front.close();
  }
});

test('a client that goes while it sends its body is no fault', async () => {
  await withFront(
    () => '',
    async (front) => {
      const socket = net.connect(Number(new URL(front.url).port), '127.0.0.1');
      socket.write('PUT / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n\r\nhe');
      await new Promise((resolve) => setTimeout(resolve, 100));
      socket.destroy();
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(front.fault).toBeUndefined();
    },
  );
});

test('a client is not let go for headers that the server was too busy to read', async () => {
  const answering = { answer: async () => ({ status: 200, headers: {}, body: new Uint8Array(0) }) };
  const front = await HttpFront.open(answering, { limits: { headersMs: 100, checkMs: 100 } });
  try {
    const socket = net.connect(Number(new URL(front.url).port), '127.0.0.1');
    const first = new Promise((resolve, reject) => socket.on('data', resolve).on('error', reject).on('close', reject));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setImmediate(resolve));
    socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    expect(String(await first)).toMatch(/^HTTP\/1.1 200 /);
    socket.destroy();
  } finally {
    await front.close();
  }
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

/** Sends text as it is, and answers everything that comes until the other side closes. */
function raw(front: HttpFront, ...parts: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(new URL(front.url).port), '127.0.0.1', () =>
      parts.forEach((one) => socket.write(one)),
    );
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
    socket.on('error', reject);
  });
}

// prettier-ignore
test.each([
  [{ origin: 'https://evil.example' },                                 403],
  [{ origin: 'null' },                                                 403],
  [{ origin: 'http://localhost.evil.example' },                        403],
  [{ 'sec-fetch-site': 'cross-site' },                                 403],
  [{ origin: 'http://localhost:3000', 'sec-fetch-site': 'cross-site' }, 201],
  [{ origin: 'http://[::1]:3000' },                                    201],
  [{ 'sec-fetch-site': 'same-origin' },                                201],
])('a page of a browser with %j is answered %s', async (headers, status) => {
  await withFront(
    () => '',
    async (front) => expect((await asked(front, { method: 'POST', headers }))[0]).toBe(status),
  );
});

// prettier-ignore
test.each([
  [{},                                                                                   201],
  [{ origin: 'SELF' },                                                                   201],
  [{ origin: 'http://localhost:3000' },                                                  403],
  [{ origin: 'http://127.0.0.1:1' },                                                     403],
  [{ origin: 'https://127.0.0.1' },                                                      403],
  [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' },                       403],
  [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' },                      201],
  [{ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' },                        201],
])('of control, a page with %j is answered %s: no other of this machine may move the clock', async (given, status) => {
  await withFront(
    () => '',
    async (front) => {
      const headers = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [name, value.replace('SELF', front.url)]),
      );
      expect((await asked(front, { method: 'POST', path: '/own/clock', headers }))[0]).toBe(status);
    },
  );
});

test('an answer is one write with its length, for HEAD too', async () => {
  await withFront(
    ({ body }) => textOf(body),
    async (front) => {
      const line = 'POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n';
      const answer = await raw(front, `${line}content-length: 5\r\n\r\nhello`);
      expect(answer.toLowerCase()).toContain('content-length: 5\r\n');
      expect(answer).toMatch(/\r\n\r\nhello$/);
      expect(await raw(front, line.replace('POST', 'HEAD'), '\r\n')).toMatch(/^HTTP\/1.1 201 .*\r\n\r\n$/s);
    },
  );
});

test('a body comes in chunks, or after the server has said that it may', async () => {
  await withFront(
    ({ body }) => textOf(body),
    async (front) => {
      const line = 'PUT / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n';
      const chunked = await raw(
        front,
        `${line}transfer-encoding: chunked\r\n\r\n`,
        '3\r\nhel\r\n',
        '2\r\nlo\r\n0\r\n\r\n',
      );
      expect(chunked).toMatch(/hello$/);
      const expected = await raw(front, `${line}expect: 100-continue\r\ncontent-length: 5\r\n\r\n`, 'hello');
      expect(expected).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 201 .*hello$/s);
    },
  );
});

test('headers beyond 16 KiB are refused', async () => {
  await withFront(
    () => '',
    async (front) => {
      const asking = (size: number) => asked(front, { headers: { 'x-long': 'x'.repeat(size) } });
      expect((await asking(15 * 1024))[0]).toBe(201);
      expect((await asking(17 * 1024))[0]).toBe(431);
    },
  );
});

test('a client that dawdles over its headers or its body is let go', async () => {
  const answering = { answer: async () => ({ status: 200, headers: {}, body: new Uint8Array(0) }) };
  const front = await HttpFront.open(answering, { limits: { headersMs: 50, requestMs: 100, checkMs: 20 } });
  try {
    expect(await raw(front, 'GET / HTTP/1.1\r\nhost: loc')).toContain('408 Request Timeout');
    expect(await raw(front, 'PUT / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n\r\nhe')).toContain('408');
  } finally {
    await front.close();
  }
});

test('no more connections are held than the limit', async () => {
  const answering = { answer: async () => ({ status: 200, headers: {}, body: new Uint8Array(0) }) };
  const front = await HttpFront.open(answering, { limits: { connections: 1 } });
  const held = net.connect(Number(new URL(front.url).port), '127.0.0.1');
  try {
    await new Promise((resolve) => held.once('connect', resolve));
    expect(await raw(front, 'GET / HTTP/1.1\r\nhost: localhost\r\n\r\n').catch(() => '')).toBe('');
  } finally {
    held.destroy();
    await front.close();
  }
});

test('control is not reached by an address written out in the request', async () => {
  await withFront(
    ({ path }) => path,
    async (front) => {
      const [, path] = await asked(front, { path: 'http://localhost/_holdfast/state' });
      expect(path.startsWith('/_holdfast/')).toBe(false);
    },
  );
});

test('a connection stays for twice as long as its client is told', async () => {
  const answering = { answer: async () => ({ status: 200, headers: {}, body: new Uint8Array(0) }) };
  const front = await HttpFront.open(answering, { limits: { idleMs: 6000 } });
  const socket = net.connect(Number(new URL(front.url).port), '127.0.0.1');
  try {
    const ask = async (more = ''): Promise<string> => {
      socket.write(`GET / HTTP/1.1\r\nhost: localhost\r\n${more}\r\n`);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      return answer.toString().toLowerCase();
    };
    expect(await ask()).toContain('\r\nkeep-alive: timeout=3\r\n');
    await new Promise((resolve) => setTimeout(resolve, 3200));
    expect(await ask()).toContain('200 ok');
    const last = await ask('connection: close\r\n');
    expect(last).toContain('\r\nconnection: close\r\n');
    expect(last).not.toContain('keep-alive');
  } finally {
    socket.destroy();
    await front.close();
  }
});

test('a client that reads nothing of its answer is let go, and one that is slow gets all', async () => {
  const sizeBytes = 64 * 1024 * 1024;
  const answering = { answer: async () => ({ status: 200, headers: {}, body: new Uint8Array(sizeBytes) }) };
  const front = await HttpFront.open(answering, { limits: { requestMs: 4000 } });
  const received = async (pauseMs: number, times: number) => {
    const socket = net.connect(Number(new URL(front.url).port), '127.0.0.1');
    let size = 0;
    socket.on('data', (chunk) => (size += chunk.length)).on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
    const closed = once(socket, 'close');
    for (let time = 0; time < times; time++) {
      socket.pause();
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      socket.resume();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await closed;
    return size;
  };
  try {
    expect(await received(9000, 1)).toBeLessThan(sizeBytes);
    expect(await received(100, 6)).toBeGreaterThan(sizeBytes);
  } finally {
    await front.close();
  }
});
