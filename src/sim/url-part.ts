/** A part of a URL's path as text; one whose escapes mean nothing (`%`, `%zz`) stays as it is, as browsers leave it. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
