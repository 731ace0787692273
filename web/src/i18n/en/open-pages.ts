import type { Same } from '../same';
import type { openPageTexts as zh } from '../zh/open-pages';

export const openPageTexts: Same<typeof zh> = {
  openPages: {
    fromStart: 'From the beginning',
    more: 'More',
    withoutScript:
      'These pages can be read and searched without JavaScript. It is needed only to see an inspection by the code of its notice (rating, recusal, objection), to check a commitment in the browser, and to follow a draw ceremony live.',
    wallWithoutScript:
      'Without JavaScript this page does not follow by itself: reload it to see what happened.',
    noticeWithoutScript:
      'JavaScript is needed to see an inspection by its code, to rate it, to ask for a recusal and to object. You may also say so on the spot to the inspectors, or to the inspecting department.',
    campaign:
      'A joint random inspection led by {{leadDepartment}}, {{visitFrom}} to {{visitTo}}: how it was drawn, the {{n}} entities drawn, and what was found.',
    item: 'Inspection item “{{name}}” ({{code}}): its legal bases, what is checked, the form, and every change.',
    bulletin:
      '{{title}} ({{region}}, {{period}}): deadlines, plans, publication and urging orders, with the data.',
    choose: 'Show',
    years: 'Years',
    nav: {
      results: 'Results',
      ceremonies: 'Ceremonies',
      openData: 'Open data',
      notice: 'My inspection',
    },
    ceremonies: {
      all: 'All ceremonies, and how to compute them again',
      title: 'Draw ceremonies',
      lead: 'When the registry is frozen, departments seal and reveal random values, a public one is added before witnesses, and who is drawn is computed. Ceremonies are open to everybody, and anybody can compute them again.',
      coming: 'To come and under way',
      comingEmpty: 'No ceremony is to come or under way.',
      past: 'Held',
      pastEmpty: 'No ceremony has been held yet.',
      campaign: 'Campaign',
      bundle: 'Bundle of the draw (ZIP)',
      check: 'Compute it again',
      verify: 'Compute it again yourself',
      verifyText:
        'Open the campaign’s page, download the bundle of the draw (ZIP), then open the verifier’s page and put it in: it is computed again on your own machine. The page can be saved and used without a network, and sends nothing. There is a Python program, too.',
      verifier: 'Open the verifier',
      python: 'Download the verifier (Python)',
    },
    results: {
      title: 'Results by entity',
      lead: 'Enter the name or unified social credit code of an enterprise or shop to see what was published of it in all joint campaigns.',
      found: 'Results for “{{q}}”',
      none: 'Nothing is published of “{{q}}”. It may never have been drawn, or its results are not published yet.',
      short: 'Enter at least 2 characters.',
      masked:
        'Of sole traders and other natural persons only the family name is public: search by their code. Results that were withdrawn are not found.',
      byCampaign: 'Look by campaign',
    },
    data: {
      title: 'Open data',
      lead: 'All that is published here can be downloaded and read by programs, without an account and without asking.',
      sets: 'What there is',
      licence: 'Licence',
      licenceText:
        'Government information that is public by law. You may copy, pass on, process and use it commercially; please name the source, “{{product}}”, and the day you took it, and say of what you processed that it is not the original. Where data was corrected or withdrawn, what stands here now counts.',
      personal: 'Personal data',
      personalText:
        'Of natural persons, such as sole traders, only the family name is public; addresses, telephone and identity numbers are not. Inspectors appear by their codes in bundles and lists. Please do not try to identify people.',
      api: 'API',
      apiText:
        'All data has an API with explanations and examples, described in OpenAPI 3.1. Lists come page by page: ask again with the last page’s nextCursor as cursor until there is none.',
      apiDocs: 'Documentation of the API',
      apiDocument: 'Description of the API (OpenAPI, JSON)',
      limits:
        'How often one network address may ask within a minute stands in the RateLimit header of answers; beyond that the answer is 429, and says after how many seconds to come again.',
      columns: { what: 'Data', where: 'Page', files: 'Files', api: 'API' },
      names: {
        campaigns: 'Joint campaigns',
        ceremonies: 'Draw ceremonies',
        visits: 'Entities drawn',
        results: 'Results of inspections',
        items: 'Inspection items',
        plans: 'Annual plans',
        bulletins: 'Oversight bulletins',
        bundle: 'Bundles of draws, frozen registries, records of changes',
        audit: 'Checkpoints of the audit log',
      },
      perCampaign: 'on each campaign’s page',
      perBulletin: 'on each bulletin’s page',
      newest: 'newest year',
    },
  },
};
