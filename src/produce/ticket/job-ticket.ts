import type { MadeFile, MakeContext } from '../../methods/method.ts';
import type { DecodedImage } from '../../model/resources.ts';
import { pageBoxes } from '../../render/pdf/page-boxes.ts';
import { writePdf } from '../../render/pdf/write-pdf.ts';
import { sheetScene } from '../../scene/sheet-scene.ts';
import type { TicketFacts } from './ticket-facts.ts';
import { TICKET_PAGE, ticketPages } from './ticket-pages.ts';

/**
 * The paper that goes through the shop with one order line, as PDF on A4: what to build, what goes where, which files, the customer's words,
 * pictures to compare with, and a QR code of the order's reference. Same facts and pictures, same bytes.
 * @param date - ISO 8601 with a zone, for the file's metadata
 */
export const jobTicket = async (
  facts: TicketFacts,
  pictures: readonly DecodedImage[],
  date: string,
  { lettering, signal }: Pick<MakeContext, 'lettering' | 'signal'>,
): Promise<MadeFile> => {
  const { widthMm, heightMm } = TICKET_PAGE;
  const pages = ticketPages(facts, pictures, lettering);
  const byDigest = new Map(pictures.map((picture) => [picture.digest, picture]));
  const data = await writePdf(
    {
      pages: pages.map((nodes) => {
        const scene = sheetScene(nodes, widthMm, heightMm);
        return { scene, boxes: pageBoxes(scene.area, 0), marks: null, mirror: false };
      }),
      colour: { mode: 'rgb' },
      title: facts.title,
      date,
      creator: 'Platen',
    },
    (digest) => {
      const picture = byDigest.get(digest);
      if (!picture) throw new RangeError(`expected a picture of the ticket, got ${digest}`);
      return picture;
    },
    signal,
  );
  return { name: 'job-ticket.pdf', role: 'ticket', mediaType: 'application/pdf', data, widthMm, heightMm, pages: pages.length };
};
