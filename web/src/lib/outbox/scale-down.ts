/** Enough to read a label across a room. */
const LONGEST_SIDE = 2560;
const QUALITY = 0.86;

/**
 * A photo no larger than needed: a third of the bytes on a slow line, and without what a camera writes into it (where and with
 * which device). What the browser can't draw, as HEIC in most, stays as it is.
 */
export async function scaleDown(file: File): Promise<Blob> {
  if (!file.type.startsWith('image/')) return file;
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return file;
  }
  const share = LONGEST_SIDE / Math.max(picture.width, picture.height);
  if (share >= 1) return file;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * share);
  canvas.height = Math.round(picture.height * share);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const smaller = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', QUALITY);
  });
  return smaller ?? file;
}
