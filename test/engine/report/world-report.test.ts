import * as fs from 'node:fs';
import * as path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { ServedWorld } from '../../../engine/src/host/served-world';
import { HttpFront } from '../../../engine/src/host/http-front';
import type { Overview } from '../../../engine/src/report/pages/overview';
import { World } from '../../../engine/src/testing/world';
import { WorldReport } from '../../../engine/src/testing/world-report';
import { backupTemplate } from '../../support/backup-template';
import { temporaryFolder } from '../../support/synth';
import { Texts } from '../../support/texts-content';
import { exercised, testWith } from '../../support/programs';
import { HOME, START } from '../live/account';
import { filesOf, flip } from '../content/store-content';
import { barriers, launched, opened } from './browser';

const SHARE = 'arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/fs-0123456789abcdef0';

function overviewIn(html: string): Overview {
  const [, packed = ''] = /id="overview">([^<]*)</.exec(html) ?? [];
  return JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString('utf8')) as Overview;
}

/** A World whose share was backed up for two days, and the folder of what was captured. */
async function captured(): Promise<{ world: World; report: WorldReport; folder: string }> {
  const folder = temporaryFolder('captures');
  const world = new World({ start: START, contentFolder: folder });
  const report = new WorldReport(world);
  await world.deploy(backupTemplate());
  world.add({ arn: SHARE, content: Texts.of({ 'a.txt': 'what nobody may lose' }) });
  await world.advance({ days: 2 });
  return { world, report, folder };
}

function damage(folder: string): void {
  const pack = filesOf(folder).find((file) => file.includes('packs'));
  const file = path.join(folder, pack ?? '');
  flip(file, fs.statSync(file).size >> 1);
}

test('a report of a World says what its captures hold that is not what was written, and whom that harms', async () => {
  const { world, report, folder } = await captured();
  expect(overviewIn(await report.html()).content).toBeNull();
  expect(overviewIn(await report.html({ verifyContent: true })).content).toEqual({ faults: [], damage: [] });
  damage(folder);
  const { content, title, resources } = overviewIn(await report.html({ verifyContent: true, title: 'A drill' }));
  expect([title, resources.arns]).toEqual(['A drill', [SHARE]]);
  expect(content?.damage).toHaveLength(1);
  const points = world.pointsOf(SHARE).map(({ recoveryPointArn }) => recoveryPointArn);
  expect(content?.damage?.[0]?.recoveryPointArns).toEqual(points);
  await world.close();
});

test('fails where the clock was moved already, and for a second report of one World', async () => {
  const { world } = await captured();
  expect(() => new WorldReport(world)).toThrow(
    'must be made before the clock is moved, got a World at 2027-01-03T00:00:00Z',
  );
  const fresh = new World({ start: START });
  new WorldReport(fresh);
  expect(() => new WorldReport(fresh)).toThrow('a World has one WorldReport');
  await world.close();
});

test('a served World is saved as a report, verified or not', async () => {
  const world = new ServedWorld({ env: HOME, start: Date.parse(START), seed: 1, version: '0' });
  const front = await HttpFront.open(world);
  try {
    const plain = await fetch(`${front.url}/_holdfast/report.html`);
    expect([plain.status, plain.headers.get('content-disposition')]).toEqual([
      200,
      'attachment; filename="holdfast-report.html"',
    ]);
    expect(overviewIn(await plain.text()).content).toBeNull();
    const verified = await fetch(`${front.url}/_holdfast/report.html/verified`);
    expect(overviewIn(await verified.text()).content).toEqual({
      schema: 'holdfast.content/1',
      faults: [],
      damage: [],
    });
    const other = await fetch(`${front.url}/_holdfast/report.html/wrong`);
    expect([other.status, await other.text()]).toEqual([404, expect.stringContaining("got 'wrong'")]);
  } finally {
    await front.close();
  }
});

testWith('chromium', 'chromium')(
  'the page shows the damage, with the points, and nothing on it bars anybody',
  async () => {
    const { world, report, folder } = await captured();
    damage(folder);
    const file = path.join(folder, '..', `${path.basename(folder)}.html`);
    fs.writeFileSync(file, await report.html({ verifyContent: true }));
    const browser = await launched();
    try {
      const { page, complaints } = await opened(browser, `file://${file}`);
      const part = page.locator('#contents');
      expect(await part.innerText()).toContain('1 place of the store is damaged.');
      expect(await part.innerText()).toContain(world.pointsOf(SHARE)[0]?.recoveryPointArn);
      expect([await barriers(page), complaints]).toEqual([[], []]);
      exercised('chromium', 'report of a World, with the damage of its contents');
    } finally {
      await browser.close();
      fs.rmSync(file);
      await world.close();
    }
  },
);
