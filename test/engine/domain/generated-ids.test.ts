// Ids that follow from kind, place and name.
import { generatedHex, generatedUuid } from '../../../engine/src/domain/generated-ids';
import { ENV } from '../scenarios/stage';

test('ids have the digits that were asked for, and differ by kind, place and name', () => {
  const ids = [
    generatedHex('volume', ENV, 'a', 8),
    generatedHex('instance', ENV, 'a', 8),
    generatedHex('volume', ENV, 'b', 8),
    generatedHex('volume', { ...ENV, region: 'eu-west-1' }, 'a', 8),
    generatedHex('volume', { ...ENV, account: '444455556666' }, 'a', 8),
    generatedHex('volume', { ...ENV, partition: 'aws-cn' }, 'a', 8),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => /^[0-9a-f]{8}$/.test(id))).toBe(true);
  expect(generatedHex('volume', ENV, 'a', 8)).toBe(ids[0]);
  expect(generatedHex('volume', ENV, 'a', 17)).toMatch(new RegExp(`^${ids[0]}[0-9a-f]{9}$`));
});

test('UUIDs are of version 4 and of each of its four variants', () => {
  const variants = new Set<string>();
  for (let n = 0; n < 64; n++) {
    const id = generatedUuid('stack', ENV, `s${n}`);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    variants.add(id.charAt(19));
  }
  expect([...variants].sort()).toEqual(['8', '9', 'a', 'b']);
});
