import * as fs from 'node:fs';
import * as path from 'node:path';

/** Whether a version (`1.2.3`) is newer than another; what follows the numbers does not count. */
export function newerThan(one: string, other: string): boolean {
  const [a, b] = [one, other].map((version) => version.split(/[.-]/).slice(0, 3).map(Number));
  for (let part = 0; part < 3; part++) {
    const difference = (a?.[part] || 0) - (b?.[part] || 0);
    if (difference !== 0) {
      return difference > 0;
    }
  }
  return false;
}

/** The version of this Holdfast. */
export function versionOfPackage(): string {
  const file = path.join(__dirname, '..', '..', 'package.json');
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string }).version;
}
