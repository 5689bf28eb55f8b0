import { DiskFiles } from '../../engine/src/host/files';
import { FileSource } from '../../engine/src/ingest/artifact';

/** Files on disk, one folder of which shows under a name of its own, so that answers do not depend on where it lies. */
export class MountedFiles implements FileSource {
  private readonly disk = new DiskFiles();

  constructor(
    private readonly shown: string,
    private readonly folder: string,
  ) {}

  kindOf(path: string): 'file' | 'directory' | undefined {
    return this.disk.kindOf(this.on(path));
  }

  list(path: string): string[] {
    return this.disk.list(this.on(path));
  }

  sizeBytes(path: string): number {
    return this.disk.sizeBytes(this.on(path));
  }

  read(path: string): string {
    return this.disk.read(this.on(path));
  }

  private on(path: string): string {
    return path === this.shown || path.startsWith(`${this.shown}/`)
      ? this.folder + path.slice(this.shown.length)
      : path;
  }
}
