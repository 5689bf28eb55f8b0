import { ServedWorld } from '../../../engine/src/host/served-world';
import { schemaOf } from '../cli/run-cli';

const ENV = { partition: 'aws', account: '111111111111', region: 'eu-central-1' };

function serve(): ServedWorld {
  return new ServedWorld({ env: ENV, start: Date.UTC(2027, 0, 1), seed: 1, version: '1.2.3' });
}

/** Asks control; answers that say a schema are held against it. */
async function ask(world: ServedWorld, method: string, name: string, body?: unknown) {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const request = { method, path: `/_holdfast/${name}`, query: {}, headers: {}, body: new TextEncoder().encode(text) };
  const answer = await world.answer(request);
  const said = JSON.parse(new TextDecoder().decode(answer.body)) as { schema?: string; message?: string };
  if (said.schema !== undefined) {
    const validate = schemaOf(said.schema);
    validate(said);
    expect(validate.errors ?? []).toEqual([]);
  }
  return { status: answer.status, said };
}

test('tells its version and its services', async () => {
  const { said } = await ask(serve(), 'GET', 'health');
  expect(said).toMatchObject({ schema: 'holdfast.health/1', version: '1.2.3' });
  expect(said).toHaveProperty('services', expect.arrayContaining(['backup', 'kms', 'sts']));
});

// prettier-ignore
test.each([
  [{ advance: 'P30D' },                   '2027-01-31T00:00:00Z'],
  [{ advance: 'P1W' },                    '2027-01-08T00:00:00Z'],
  [{ advance: 'P1DT2H3M4S' },             '2027-01-02T02:03:04Z'],
  [{ to: '2027-02-01T00:00:00+01:00' },   '2027-01-31T23:00:00Z'],
  [{ to: '2027-01-01T00:00:00Z' },        '2027-01-01T00:00:00Z'],
  [{ to: '2199-12-31T23:59:59Z' },        '2199-12-31T23:59:59Z'],
])('the clock moves by %j to %s', async (body, now) => {
  const world = serve();
  expect(await ask(world, 'POST', 'clock', body)).toEqual({ status: 200, said: { schema: 'holdfast.clock/1', now, speed: 0 } });
  expect((await ask(world, 'GET', 'clock')).said).toMatchObject({ now });
});

// prettier-ignore
test.each([
  [{},                                        'either advance or to'],
  [{ advance: 'P1D', to: '2027-02-01' },      'either advance or to'],
  [{ advance: 'P1D', speed: 2 },              'either advance or to'],
  [{ speed: -1 },                             'speed must be a number from 0'],
  [{ speed: 10_000_001 },                     'speed must be a number from 0'],
  [{ speed: '60' },                           'speed must be a number from 0'],
  [{ advance: 'P1M' },                        'months and years'],
  [{ advance: 'P' },                          'ISO 8601 duration'],
  [{ advance: 30 },                           'ISO 8601 duration'],
  [{ to: 'tomorrow' },                        'must be a time with zone'],
  [{ to: '2026-12-31T00:00:00Z' },            'cannot go back'],
  [{ to: '2200-01-01T00:00:00Z' },            'must stay before 2200-01-01T00:00:00Z, got "2200-01-01T00:00:00Z"'],
  [{ advance: 'P9999999999W' },               'must stay before 2200-01-01T00:00:00Z, got "P9999999999W"'],
  [[],                                        'must be an object'],
  ['{',                                       'must be JSON'],
])('the clock does not move by %j', async (body, text) => {
  const world = serve();
  const { status, said } = await ask(world, 'POST', 'clock', body);
  expect(status).toBe(400);
  expect(said.message).toContain(text === 'months and years' ? 'weeks, days' : text);
  expect((await ask(world, 'GET', 'clock')).said).toMatchObject({ now: '2027-01-01T00:00:00Z' });
});

test('a clock with a speed is where real time has brought it, and what is due by then has happened', async () => {
  let wall = 5_000_000;
  const props = { env: ENV, start: Date.UTC(2027, 0, 1), seed: 1, version: '0', speed: 60 };
  const world = new ServedWorld(props, undefined, undefined, () => wall);
  const nowAfter = async (ms: number) => {
    wall += ms;
    return ((await ask(world, 'GET', 'clock')).said as { now?: string }).now;
  };
  expect(await nowAfter(60_000)).toBe('2027-01-01T01:00:00Z');
  // No fraction is lost, and a real clock that is put back stops the World's at most.
  await ask(world, 'POST', 'clock', { speed: 0.5 });
  expect(await nowAfter(1)).toBe('2027-01-01T01:00:00Z');
  expect(await nowAfter(1999)).toBe('2027-01-01T01:00:01Z');
  expect(await nowAfter(-1_000_000)).toBe('2027-01-01T01:00:01Z');
  expect(await nowAfter(2000)).toBe('2027-01-01T01:00:02Z');
  await ask(world, 'POST', 'clock', { speed: 0 });
  expect(await nowAfter(1_000_000)).toBe('2027-01-01T01:00:02Z');
  await ask(world, 'POST', 'clock', { advance: 'PT8S' });
  expect(await nowAfter(1)).toBe('2027-01-01T01:00:10Z');
  // A reset has the speed of the server again.
  await ask(world, 'POST', 'reset');
  expect(await nowAfter(1000)).toBe('2027-01-01T00:01:00Z');
});

test('faults come in, all or none, are listed, and end', async () => {
  const world = serve();
  const out = { kind: 'region-out', region: 'eu-central-1', to: '2027-01-03T00:00:00Z' };
  const refused = await ask(world, 'POST', 'faults', [out, { kind: 'job-hangs', jobs: 'all' }]);
  expect([refused.status, refused.said.message]).toEqual([400, expect.stringContaining('faults[1].jobs')]);
  expect((await ask(world, 'GET', 'faults')).said).toMatchObject({ faults: [] });
  const listen = { kind: 'calls-refused', operation: 'CreateBackupVault', exception: 'ThrottlingException' };
  expect((await ask(world, 'POST', 'faults', out)).said).toMatchObject({
    faults: [{ id: 'fault-1', state: 'active' }],
  });
  await ask(world, 'POST', 'faults', { faults: [listen] });
  expect((await ask(world, 'GET', 'faults')).said).toMatchObject({ faults: [{ fault: out }, { fault: listen }] });
  expect((await ask(world, 'DELETE', 'faults/fault-2')).said).toMatchObject({
    faults: [{ id: 'fault-2', state: 'over' }],
  });
  expect(await ask(world, 'DELETE', 'faults/fault-3')).toMatchObject({
    status: 404,
    said: { message: "there is no fault 'fault-3' among fault-1, fault-2" },
  });
  await ask(world, 'DELETE', 'faults');
  expect((await ask(world, 'GET', 'faults')).said).toMatchObject({ faults: [{ state: 'over' }, { state: 'over' }] });
  expect((await ask(world, 'DELETE', 'faults/fault-1/more')).status).toBe(404);
});

test('resources come in, all or none, and go at a reset with everything else', async () => {
  const world = serve();
  const before = (await ask(world, 'GET', 'state')).said;
  const faulty = await ask(world, 'POST', 'resources', [
    { type: 'EFS', name: 'a' },
    { type: 'Tape', name: 'b' },
  ]);
  expect([faulty.status, faulty.said.message]).toEqual([400, expect.stringContaining('resources[1]')]);
  expect((await ask(world, 'GET', 'state')).said).toEqual(before);
  const { said } = await ask(world, 'POST', 'resources', { resources: [{ type: 'EFS', name: 'a', sizeGiB: 3 }] });
  expect(said).toMatchObject({
    arns: [expect.stringMatching(/^arn:aws:elasticfilesystem:eu-central-1:111111111111:/)],
  });
  expect((await ask(world, 'GET', 'state')).said).toMatchObject({ resources: { total: 1, byType: { EFS: 1 } } });
  await ask(world, 'POST', 'clock', { advance: 'P1D' });
  expect((await ask(world, 'POST', 'reset')).said).toMatchObject({ now: '2027-01-01T00:00:00Z' });
  expect((await ask(world, 'GET', 'state')).said).toEqual(before);
});

test('one request is over before the next begins', async () => {
  const world = serve();
  const answers = await Promise.all([
    ask(world, 'POST', 'clock', { advance: 'P400D' }),
    ask(world, 'GET', 'clock'),
    ask(world, 'POST', 'reset'),
    ask(world, 'GET', 'clock'),
  ]);
  expect(answers.map(({ said }) => said)).toMatchObject([
    { now: '2028-02-05T00:00:00Z' },
    { now: '2028-02-05T00:00:00Z' },
    { now: '2027-01-01T00:00:00Z' },
    { now: '2027-01-01T00:00:00Z' },
  ]);
});

test('control that is not there is told, with what is', async () => {
  const unknown = await ask(serve(), 'GET', 'faultz');
  expect([unknown.status, unknown.said.message]).toEqual([404, expect.stringContaining('GET /_holdfast/health')]);
  expect((await ask(serve(), 'DELETE', 'clock')).status).toBe(405);
});

// prettier-ignore
test.each([
  ['ec2',        { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },     '<Response><Errors><Error><Code>NotEmulated</Code>'],
  ['elasticache',{ 'content-type': 'application/x-www-form-urlencoded' },                    '<ErrorResponse><Error><Type>Sender</Type><Code>NotEmulated</Code>'],
  ['kinesis',    { 'content-type': 'application/x-amz-json-1.0' },                           '{"__type":"NotEmulated","message":"kinesis: the service is not emulated"}'],
])('a call of %s is told by name that nobody answers it', async (service, more, text) => {
  const authorization = `AWS4-HMAC-SHA256 Credential=111111111111/20270101/eu-central-1/${service}/aws4_request, Signature=x`;
  const answer = await serve().answer({ method: 'POST', path: '/', query: {}, headers: { authorization, ...more }, body: new Uint8Array(0) });
  expect(answer.status).toBe(400);
  expect(new TextDecoder().decode(answer.body)).toContain(text);
});
