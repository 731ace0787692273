// Reads a PDF from its input and tells what a reader sees of it, as JSON: jest can't load pdf.js, which is a module of its own.
import { buffer } from 'node:stream/consumers';
import { getResolvedPDFJS } from 'unpdf';

const { getDocument, OPS } = await getResolvedPDFJS();
const pdf = await getDocument({ data: new Uint8Array(await buffer(process.stdin)), verbosity: 0 }).promise;
const read = { pages: [], fonts: [], missing: [] };
for (let number = 1; number <= pdf.numPages; number++) {
  const page = await pdf.getPage(number);
  const { fnArray, argsArray } = await page.getOperatorList();
  fnArray.forEach((operator, at) => {
    if (operator === OPS.setFont) {
      const font = page.commonObjs.get(argsArray[at][0]);
      if (!font.missingFile && !read.fonts.includes(font.name)) read.fonts.push(font.name);
    }
    if (operator !== OPS.showText) return;
    const glyphs = argsArray[at][0].filter((one) => typeof one === 'object');
    // A font's first glyph is its box for what it has not.
    if (glyphs.some((glyph) => glyph.originalCharCode === 0)) {
      read.missing.push(glyphs.map((glyph) => glyph.unicode).join(''));
    }
  });
  const { items } = await page.getTextContent();
  read.pages.push(items.map((item) => (item.str ?? '') + (item.hasEOL ? '\n' : '')).join(''));
}
process.stdout.write(JSON.stringify(read));
