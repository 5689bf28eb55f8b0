import { temporaryFolder } from '../../support/synth';
import { crash } from './crash';

test('what a server acknowledged is there after each kill, and all is as if nobody had killed it', async () => {
  const { acknowledged, kept, faults } = await crash(temporaryFolder('crash'), 6, 1);
  expect(faults).toEqual([]);
  expect(acknowledged).toBeGreaterThan(50);
  expect(kept).toBeGreaterThanOrEqual(acknowledged);
});
