/** The driver that docs/content.md shows, changed at random. */
import type { Content } from '../../../engine/src/host/content/content';
import { Documents } from './own-driver';
import type { Driver } from './suite';

const IDS = ['a', 'b', 'é', '\u{1f600}', '\uffee'];

export const OWN: Driver = {
  name: 'the driver of docs/content.md',
  make: async () => {
    const content = new Documents();
    return {
      content,
      change: async (draw) =>
        content.set(
          IDS[draw(IDS.length)] ?? '',
          draw(4) === 0 ? undefined : { written: draw(1000), by: [null, 'ops'] },
        ),
      look: async (one: Content) => IDS.map((id) => (one as Documents).get(id) ?? null),
      leftovers: () => 0,
      end: async () => {},
    };
  },
};
