/**
 * Where a page has its numbers from: its own file, or the World that serves it.
 *
 * Owns     the chapters that were read.
 */
import { Chapter, PageResource, readChapter } from '../../engine/src/report/pages/chapter';
import type { Overview } from '../../engine/src/report/pages/overview';

export interface Source {
  overview(): Promise<Overview>;
  resource(number: number): Promise<PageResource>;
}

/** Numbers that the file of the page carries, deflated and in base64. */
export class FileSource implements Source {
  private chapterSize = 1;
  private readonly chapters = new Map<number, Promise<Chapter>>();

  constructor(private readonly page: Document) {}

  async overview(): Promise<Overview> {
    const overview = JSON.parse(new TextDecoder().decode(await this.unpack('overview'))) as Overview;
    this.chapterSize = overview.chapterSize;
    return overview;
  }

  async resource(number: number): Promise<PageResource> {
    const chapter = Math.floor(number / this.chapterSize);
    const reading = this.chapters.get(chapter) ?? this.unpack(`chapter-${chapter}`).then(readChapter);
    this.chapters.set(chapter, reading);
    return found(await reading, number);
  }

  private async unpack(id: string): Promise<Uint8Array> {
    const packed = atob(this.page.getElementById(id)?.textContent ?? '');
    const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
    const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return new Uint8Array(await new Response(inflated).arrayBuffer());
  }
}

export function found({ first, resources }: Chapter, number: number): PageResource {
  const resource = resources[number - first];
  if (resource === undefined) {
    throw new RangeError(`resource ${number} must be in the chapter from ${first} on, which has ${resources.length}`);
  }
  return resource;
}
