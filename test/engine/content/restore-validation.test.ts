import type { Validation } from '../../../engine/src/host/world-clock';
import { World } from '../../../engine/src/testing/world';
import { backupTemplate, restoreTests } from '../../support/backup-template';
import { Texts } from '../../support/texts-content';

const SHARE = 'fs-0123456789abcdef0';

/** A share that is backed up each night, and restored for a test each noon. */
async function tested(content: Texts, windowHours?: number): Promise<World> {
  const world = new World({ start: '2027-01-01T00:00:00Z' });
  const rule = { ScheduleExpression: 'cron(0 1 * * ? *)' };
  await world.deploy(backupTemplate({ rule, others: restoreTests('EFS', windowHours) }));
  world.add({ type: 'EFS', name: SHARE, content });
  return world;
}

test.each([
  [{ invoices: 'all there' }, 'SUCCESSFUL'],
  [{ invoices: 'encrypted by somebody' }, 'FAILED'],
] as const)('a test that restored %j is validated by what it holds: %s (B9.3/5)', async (texts, status) => {
  const world = await tested(Texts.of(texts), 4);
  const seen: string[] = [];
  world.validateRestores(({ createdResourceArn = '' }): Validation => {
    seen.push(world.now);
    const { invoices } = (world.content(createdResourceArn) as Texts).all;
    return invoices === 'all there'
      ? { status: 'SUCCESSFUL' }
      : { status: 'FAILED', message: 'no invoice can be read' };
  });
  await world.advance({ days: 1 });
  const [job] = world.restoreJobs();
  expect(job).toMatchObject({ state: 'COMPLETED', validationStatus: status, deletionStatus: 'SUCCESSFUL' });
  // At the very instant at which it was there, not when the window ends.
  expect(seen).toEqual([new Date(job?.completedAt ?? 0).toISOString().replace('.000Z', 'Z')]);
  expect(() => world.content(job?.createdResourceArn ?? '')).toThrow('resource must be one that is there');
  await world.close();
});

test('what nobody says anything of times out at the end of its window (B9.3/5)', async () => {
  const world = await tested(Texts.of({ a: 'b' }), 4);
  world.validateRestores(() => undefined);
  await world.advance({ days: 1 });
  expect(world.restoreJobs()).toMatchObject([{ validationStatus: 'TIMED_OUT' }]);
  await world.close();
});

test('a selection without a window is not validated, as on AWS (B9.2/3)', async () => {
  const world = await tested(Texts.of({ a: 'b' }));
  let asked = 0;
  world.validateRestores(() => {
    asked++;
    return { status: 'SUCCESSFUL' };
  });
  await world.advance({ days: 1 });
  expect(world.restoreJobs()).toMatchObject([{ state: 'COMPLETED', validationStatus: undefined }]);
  expect(asked).toBe(0);
  await world.close();
});
