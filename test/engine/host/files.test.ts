import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { DiskFiles, MemoryFiles } from '../../../engine/src/host/files';
import { IngestRefusal } from '../../../engine/src/ingest/artifact';
import { temporaryFolder } from '../../support/synth';

describe('files on disk', () => {
  const folder = temporaryFolder('files');
  const at = (name: string): string => path.join(folder, name);
  fs.mkdirSync(at('sub'));
  fs.writeFileSync(at('b.json'), '{}');
  fs.writeFileSync(at('a.json'), '\ufeff{"ä":1}');
  fs.symlinkSync(at('a.json'), at('link'));
  fs.symlinkSync('/dev/null', at('device'));

  test('are told from directories, devices and nothing', () => {
    const files = new DiskFiles();
    expect(['a.json', 'link', 'sub', 'device', 'gone', 'a.json/x'].map((name) => files.kindOf(at(name)))).toEqual([
      ...['file', 'file', 'directory', undefined, undefined, undefined],
    ]);
  });

  test('are listed in order', () => {
    expect(new DiskFiles().list(folder)).toEqual(['a.json', 'b.json', 'device', 'link', 'sub']);
  });

  test('are read without byte order mark, and measured with it', () => {
    const files = new DiskFiles();
    expect(files.read(at('a.json'))).toBe('{"ä":1}');
    expect(files.sizeBytes(at('a.json'))).toBe(11);
  });

  test.each([
    ['gone', /gone: does not exist$/],
    ['sub', /sub: is a directory, not a file$/],
  ])('fail with their name: %s', (name, says) => {
    const read = (): string => new DiskFiles().read(at(name));
    expect(read).toThrow(IngestRefusal);
    expect(read).toThrow(says);
  });

  test('a pipe gives its bytes as often as they are asked for', () => {
    const pipe = at('pipe');
    execFileSync('mkfifo', [pipe]);
    const text = '{"x":1}'.repeat(40_000);
    fs.writeFileSync(at('source'), text);
    spawn('sh', ['-c', `cat '${at('source')}' > '${pipe}'`]);
    const files = new DiskFiles();
    expect(files.kindOf(pipe)).toBe('file');
    expect(files.sizeBytes(pipe)).toBe(text.length);
    expect(files.read(pipe)).toBe(text);
    expect(files.read(pipe)).toBe(text);
  });
});

describe('files in memory', () => {
  const files = new MemoryFiles(new Map(['d/a.json', 'd/b/c.json', 'd/b/d.json', 'x.json'].map((name) => [name, 'ä'])));

  test('make directories by their names', () => {
    expect(['d', 'd/', 'd/b', 'x.json', 'y', 'd/b/c'].map((name) => files.kindOf(name))).toEqual([
      ...['directory', 'directory', 'directory', 'file', undefined, undefined],
    ]);
    expect([files.list('d'), files.list('d/b')]).toEqual([
      ['a.json', 'b'],
      ['c.json', 'd.json'],
    ]);
  });

  test('are measured in bytes and fail with their name', () => {
    expect([files.read('x.json'), files.sizeBytes('x.json')]).toEqual(['ä', 2]);
    expect(() => files.read('y')).toThrow('y: does not exist');
  });
});
