// What a target gets of an event.
import type { BusEvent } from '../../../engine/src/domain/bus-event';
import { type EventTarget, type InputTransformer, payloadOf } from '../../../engine/src/domain/event-target';

const RULE = 'arn:aws:events:eu-central-1:111122223333:rule/bus/nightly';
const EVENT = {
  id: 'e-1',
  source: 'own',
  'detail-type': 'Done',
  account: '111122223333',
  region: 'eu-central-1',
  time: '2027-01-01T00:00:00Z',
  resources: [],
  detail: { name: 'say "x"', count: 3, list: [1, 'b'], none: null },
} as unknown as BusEvent;

function got(transformer: InputTransformer): string {
  const target = { input: undefined, inputPath: undefined, inputTransformer: transformer } as EventTarget;
  return payloadOf(target, EVENT, RULE, Date.parse('2027-01-02T00:00:00Z'));
}

const inputPathsMap = {
  name: '$.detail.name',
  count: '$.detail.count',
  list: '$.detail.list',
  missing: '$.detail.missing',
};

// prettier-ignore
test.each([
  ['{"a": <count>, "b": <list>}',        '{"a": 3, "b": [1,"b"]}'],
  ['{"a": <name>}',                      '{"a": "say \\"x\\""}'],
  ['"it is <name> (<count>)"',           '"it is say \\"x\\" (3)"'],
  ['"all of <list>"',                    '"all of [1,\\"b\\"]"'],
  ['{"a": <missing>, "b": "<missing>"}', '{"a": "", "b": ""}'],
  ['{"a": <nobody>}',                    '{"a": ""}'],
  ['"a \\"<count>\\" b"',                '"a \\"3\\" b"'],
  ['  {"a": 1}\n',                       '{"a": 1}'],
  ['"one <count>"\n"two <count>"',       '"one 3"\n"two 3"'],
  ['{"rule": <aws.events.rule-name>}',   '{"rule": "nightly"}'],
  ['{"rule": <aws.events.rule-arn>}',    `{"rule": "${RULE}"}`],
  ['<aws.events.event.ingestion-time>',  '"2027-01-02T00:00:00.000Z"'],
])('%s becomes %s', (inputTemplate, text) => {
  expect(got({ inputPathsMap, inputTemplate } as InputTransformer)).toBe(text);
});

test('the whole event comes with its detail, or without', () => {
  const of = (key: string) =>
    JSON.parse(got({ inputPathsMap: {}, inputTemplate: `<${key}>` } as InputTransformer)) as object;
  expect(of('aws.events.event.json')).toEqual(EVENT);
  const { detail, ...without } = EVENT;
  expect(of('aws.events.event')).toEqual(without);
  expect(detail).toBeDefined();
});
