/** Code pages in which Windows console programs write, by the system's locale. */
export type OemCodePage = 'cp437' | 'cp850';

/**
 * The upper halves, 0x80 to 0xFF; the lower ones are ASCII (https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/PC/).
 */
const UPPER: Record<OemCodePage, string> = {
  cp437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  cp850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
};

/** Enough for one call of `fromCharCode` on any engine. */
const CHUNK = 8192;

/** Decodes text of a console program of Windows. Every byte is some character, so this never fails. */
export function decodeOem(bytes: Uint8Array, codePage: OemCodePage): string {
  const upper = UPPER[codePage];
  let text = '';
  for (let from = 0; from < bytes.length; from += CHUNK) {
    const units: number[] = [];
    for (const byte of bytes.subarray(from, from + CHUNK)) {
      units.push(byte < 0x80 ? byte : upper.charCodeAt(byte - 0x80));
    }
    text += String.fromCharCode(...units);
  }
  return text;
}
