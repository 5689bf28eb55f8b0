/** Disks in files of this machine, written at random. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { BlockImage } from '../../../engine/src/host/content/block-image';
import type { Content } from '../../../engine/src/host/content/content';
import { InstanceImages } from '../../../engine/src/host/content/instance-images';
import { temporaryFolder } from '../../support/synth';
import { bytesFrom, Draw, Driver, Subject } from './suite';

/** Some extents, and a part of one. */
const DISK_BYTES = 3 * 1024 * 1024 + 4096;

export const BLOCK_IMAGE: Driver = { name: 'BlockImage', make: async () => imageSubject(false) };
/** The same disk, written by somebody who does not ask the driver. */
export const RAW_IMAGE: Driver = { name: 'BlockImage that others write', make: async () => imageSubject(true) };
export const INSTANCE_IMAGES: Driver = { name: 'InstanceImages', make: instanceSubject };

async function imageSubject(others: boolean): Promise<Subject> {
  const { made, workFolder } = folders();
  const file = path.join(made, 'disk.img');
  const content = await BlockImage.create(file, DISK_BYTES, { workFolder });
  return {
    content,
    change: (draw) => (others ? writeRaw(file, draw) : write(content, draw)),
    look: async (image: Content) => digestOf(image as BlockImage),
    ...endOf(made, workFolder),
  };
}

async function instanceSubject(): Promise<Subject> {
  const { made, workFolder } = folders();
  const root = await BlockImage.create(path.join(made, 'root.img'), DISK_BYTES, { workFolder });
  const data = await BlockImage.create(path.join(made, 'data.img'), 1024 * 1024, { workFolder });
  return {
    content: new InstanceImages({ '/dev/xvda': root, '/dev/sd-b': data }, '/dev/xvda', { workFolder }),
    change: (draw) => write(draw(2) === 0 ? root : data, draw),
    look: async (instance: Content) => {
      const { volumes, root: device } = instance as InstanceImages;
      return [
        device,
        ...Object.keys(volumes)
          .sort()
          .map((one) => [one, digestOf(volumes[one] as BlockImage)]),
      ];
    },
    ...endOf(made, workFolder),
  };
}

function folders() {
  const made = temporaryFolder('content');
  const workFolder = path.join(made, 'work');
  fs.mkdirSync(workFolder);
  return { made, workFolder };
}

function endOf(made: string, workFolder: string): Pick<Subject, 'leftovers' | 'end'> {
  return {
    leftovers: () => fs.readdirSync(workFolder).length,
    end: async () => fs.rmSync(made, { recursive: true }),
  };
}

function digestOf({ file }: BlockImage): string {
  return createHash('sha256').update(fs.readFileSync(file)).digest('hex');
}

async function write(image: BlockImage, draw: Draw): Promise<void> {
  const { offset, bytes } = step(fs.statSync(image.file).size, draw);
  await image.write(offset, bytes);
}

async function writeRaw(file: string, draw: Draw): Promise<void> {
  const { offset, bytes } = step(DISK_BYTES, draw);
  const opened = fs.openSync(file, 'r+');
  fs.writeSync(opened, bytes, 0, bytes.length, offset);
  fs.closeSync(opened);
}

/** Now and then zeros: an extent may come to hold nothing again. */
function step(sizeBytes: number, draw: Draw): { offset: number; bytes: Buffer } {
  const length = draw(3) === 0 ? 600_000 : draw(2_000);
  const offset = draw(sizeBytes - length + 1);
  return { offset, bytes: length > 2_000 ? Buffer.alloc(length, draw(2)) : bytesFrom(draw, length) };
}
