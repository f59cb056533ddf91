/** A page of US Letter, across, in points; margins that every printer keeps. */
const [PAGE_WIDTH, PAGE_HEIGHT, MARGIN] = [792, 612, 28];

export interface PdfImage {
  /** A JPEG as base64. */
  readonly base64: string;
  readonly width: number;
  readonly height: number;
}

/**
 * A PDF (ISO 32000-1) of one page that holds one picture, as big as the page allows. All of it is ASCII, so that it can be
 * handed on as text: Lightning's sandbox makes byte arrays slow.
 */
export function pdfOf(
  { base64, width, height }: PdfImage,
  { title, subject }: { title: string; subject: string },
): string {
  const scale = Math.min((PAGE_WIDTH - 2 * MARGIN) / width, (PAGE_HEIGHT - 2 * MARGIN) / height);
  const [w, h] = [width * scale, height * scale];
  const place = `q ${w.toFixed(2)} 0 0 ${h.toFixed(2)} ${((PAGE_WIDTH - w) / 2).toFixed(2)} ${((PAGE_HEIGHT - h) / 2).toFixed(2)} cm /Map Do Q`;
  const image = ascii85(atob(base64));
  const size = `/Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8`;
  return written([
    '<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /DisplayDocTitle true >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${PAGE_WIDTH} ${PAGE_HEIGHT}] /Contents 4 0 R /Resources << /XObject << /Map 5 0 R >> >> >>`,
    `<< /Length ${place.length} >>\nstream\n${place}\nendstream`,
    `<< /Type /XObject /Subtype /Image ${size} /Filter [/ASCII85Decode /DCTDecode] /Length ${image.length} >>\nstream\n${image}\nendstream`,
    `<< /Title ${text(title)} /Subject ${text(subject)} /Producer (Bailiwick) >>`,
  ]);
}

/** Objects one after the other, and where each begins. */
function written(objects: readonly string[]): string {
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const entries = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  const end = `trailer\n<< /Size ${count} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return `${file}xref\n0 ${count}\n0000000000 65535 f \n${entries}${end}`;
}

/** UTF-16 with its mark as hexadecimal digits: any script, and nothing to escape. */
function text(value: string): string {
  const units = [...Array(value.length).keys()].map((i) => value.charCodeAt(i).toString(16).padStart(4, '0'));
  return `<feff${units.join('')}>`;
}

/** Bytes (one a character) as five printable characters for four of them; a line break now and then, as editors like it. */
export function ascii85(bytes: string): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 4) {
    const count = Math.min(4, bytes.length - at);
    let value = 0;
    for (let i = 0; i < 4; i++) value = value * 256 + (i < count ? bytes.charCodeAt(at + i) : 0);
    if (value === 0 && count === 4) {
      parts.push('z');
      continue;
    }
    let group = '';
    for (let i = 0; i < 5; i++) {
      group = String.fromCharCode(33 + (value % 85)) + group;
      value = Math.floor(value / 85);
    }
    parts.push(group.slice(0, count + 1));
    if (at % 60 === 0 && at > 0) parts.push('\n');
  }
  return `${parts.join('')}~>`;
}
