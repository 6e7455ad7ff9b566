/*
 * A browser reduced to what a sign-in needs: follows redirects, keeps cookies, sends forms. For tests and for
 * machines without a browser; it checks nothing that a real one would.
 */

interface Page {
  readonly url: URL;
  readonly status: number;
  readonly text: string;
}

interface Visit {
  /** Where it ended: the application's loopback address, or a page of the provider that it could not go on from. */
  readonly url: string;
  readonly status: number;
  readonly text: string;
}

const redirectLimit = 12;

const unescapeHtml = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_whole, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : unescapeHtml(found);
};

/** The hidden fields of the page's form, and where it goes. */
function formOf(page: Page): { readonly action: URL; readonly fields: URLSearchParams } | undefined {
  const form = /<form\b[^>]*>/.exec(page.text)?.[0];
  if (form === undefined) return undefined;
  const fields = new URLSearchParams();
  for (const [input] of page.text.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(input, 'name');
    if (name !== undefined) fields.append(name, attribute(input, 'value') ?? '');
  }
  return { action: new URL(attribute(form, 'action') ?? '', page.url), fields };
}

/** One person's browser: its cookies stay from visit to visit. */
export function createVisitor() {
  // By host and port, other than in a real browser: several providers of one test must not meet.
  const cookies = new Map<string, Map<string, string>>();

  async function request(url: URL, body?: URLSearchParams): Promise<Page> {
    let address = url;
    let form = body;
    for (let redirects = 0; redirects <= redirectLimit; redirects += 1) {
      const jar = cookies.get(address.host) ?? new Map<string, string>();
      cookies.set(address.host, jar);
      const response = await fetch(address, {
        method: form ? 'POST' : 'GET',
        redirect: 'manual',
        headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(form && { body: form }),
      });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
        else jar.set(name, value);
      }
      const location = response.headers.get('location');
      if (location === null || response.status < 300 || response.status > 399) {
        return { url: address, status: response.status, text: await response.text() };
      }
      await response.body?.cancel();
      address = new URL(location, address);
      form = undefined;
    }
    throw new Error(`more than ${redirectLimit} redirects from ${url.origin}${url.pathname}`);
  }

  return {
    /**
     * Opens the address and chooses the person where the provider asks (an empty subject: cancels). Ends at the
     * first page that asks nothing. Throws what fetch throws when nobody answers.
     */
    async visit(url: string, person: string): Promise<Visit> {
      const { origin } = new URL(url);
      let page = await request(new URL(url));
      for (let forms = 0; forms < 4 && page.url.origin === origin; forms += 1) {
        const form = formOf(page);
        if (!form) break;
        if (page.text.includes('name="person"')) form.fields.set('person', person);
        else if (page.text.includes('name="logout"')) form.fields.set('logout', 'yes');
        page = await request(form.action, form.fields);
      }
      return { url: page.url.href, status: page.status, text: page.text };
    },
  };
}

/** In a browser that knows nothing yet. */
export const signInAs = (url: string, person: string): Promise<Visit> => createVisitor().visit(url, person);
