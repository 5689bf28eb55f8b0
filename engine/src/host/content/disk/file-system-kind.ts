/**
 * Which file system is at a place of a disk, by the marks that each leaves.
 *
 * Owns     nothing: reads a disk.
 * Source   the layouts of the file systems; util-linux, libblkid, has the same marks.
 * Spec     disk.md
 */
import type { Disk } from './captured-disk';

export const EXT = 'ext';
/** Nothing that we know. */
export const UNKNOWN = 'unknown';

/** Where a mark stands, and its bytes in Latin-1. */
type Mark = readonly [kind: string, at: number, bytes: string];

// prettier-ignore
const MARKS: readonly Mark[] = [
  [EXT,                 1080,  '\x53\xef'],
  ['xfs',               0,     'XFSB'],
  ['btrfs',             65600, '_BHRfS_M'],
  ['LVM',               536,   'LVM2 001'],
  ['LUKS',              0,     'LUKS\xba\xbe'],
  ['NTFS',              3,     'NTFS    '],
  ['exFAT',             3,     'EXFAT   '],
  ['FAT',               82,    'FAT32   '],
  ['FAT',               54,    'FAT12   '],
  ['FAT',               54,    'FAT16   '],
  ['ISO 9660',          32769, 'CD001'],
  ['squashfs',          0,     'hsqs'],
  ['F2FS',              1024,  '\x10\x20\xf5\xf2'],
  ['swap',              4086,  'SWAPSPACE2'],
  ['Linux RAID',        4096,  '\xfc\x4e\x2b\xa9'],
];
const MARKED_BYTES = 66 * 1024;

export async function kindOf(disk: Disk, offset: number): Promise<string> {
  const begin = await disk.read(offset, MARKED_BYTES);
  const mark = MARKS.find(([, at, bytes]) => begin.toString('latin1', at, at + bytes.length) === bytes);
  return mark?.[0] ?? UNKNOWN;
}
