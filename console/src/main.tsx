/**
 * Where the page begins: in a report its numbers are in the file, in the console they come from the World.
 */
import { render } from 'preact';
import { Live } from './live';
import { Page } from './page';
import { FileSource } from './source';

async function begin(place: Element): Promise<void> {
  if (document.getElementById('overview') === null) {
    place.textContent = '';
    render(<Live />, place);
    return;
  }
  const source = new FileSource(document);
  const overview = await source.overview();
  place.textContent = '';
  render(<Page overview={overview} source={source} />, place);
}

const place = document.getElementById('page');
if (place !== null) {
  begin(place).catch((fault: unknown) => {
    place.textContent = `This page cannot be shown: ${String(fault)}`;
    throw fault;
  });
}
