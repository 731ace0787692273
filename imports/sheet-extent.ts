/**
 * How far the rows and cells of a sheet reach. A reader makes room for everything between them: one cell in the last column of
 * the last row, in a file of a kilobyte, takes all the memory that there is.
 */
export class SheetExtent {
  private rest = '';
  private rows = 0;
  private columns = 0;
  private next = 1;

  /** Of an XML part, piece by piece; tags may be cut anywhere. False once the part is no sheet that can be measured. */
  read(piece: string): boolean {
    const text = this.rest + piece;
    let end = 0;
    for (const tag of text.matchAll(TAGS)) {
      end = tag.index + tag[0].length;
      if (!this.reach(tag[1] === 'row', tag[2] ?? '')) return false;
    }
    const last = text.slice(Math.max(text.lastIndexOf('<'), end));
    this.rest = CUT.test(last) ? last : '';
    return this.rest.length <= LONGEST_TAG;
  }

  /** Rows times columns, counted from the first. */
  get cells(): number {
    return Math.max(this.rows, this.next - 1) * Math.max(this.columns, 1);
  }

  /** Without a number of its own a row is the one after that before it. */
  private reach(isRow: boolean, attributes: string): boolean {
    const places = [...attributes.matchAll(PLACES)].map((match) => match[1] ?? match[2] ?? '');
    for (const place of places) {
      const found = PLACE.exec(place);
      if (!found) return false;
      this.rows = Math.max(this.rows, Number(found[2]));
      this.columns = Math.max(this.columns, columnOf(found[1] ?? ''));
    }
    if (isRow) this.next = Math.max(this.next, this.rows) + (places.length === 0 ? 1 : 0);
    return true;
  }
}

const LONGEST_TAG = 1 << 16;
/** `<` stands nowhere but at the beginning of a tag; a value may hold `>`. */
const TAGS = /<(?:[\w.-]+:)?(row|c)(\s(?:[^<>"']|"[^<"]*"|'[^<']*')*)?\/?>/g;
const CUT = /^<(?:[\w.:-]*$|(?:[\w.-]+:)?(?:row|c)\s)/;
const PLACES = /\sr\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const PLACE = /^([A-Z]{0,3})(\d{1,7})$/;

const columnOf = (letters: string): number =>
  [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
