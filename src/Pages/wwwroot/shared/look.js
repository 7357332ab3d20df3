// The switches of language and theme. The service renders the page by these cookies.

/** @param {string} name @param {string} value */
function keep(name, value) {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${name}=${value}; path=/; max-age=31536000; SameSite=Lax${secure}`;
}

/** Whether the page is dark now. */
const isDark = () =>
  (document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';

/**
 * Makes buttons work: `data-look="theme"` switches between dark and light, `data-look="lang"` with a value sets the language.
 * @param {ParentNode} [root] where they are
 */
export function wireLook(root = document) {
  for (const button of root.querySelectorAll('button[data-look]')) {
    button.addEventListener('click', () => {
      if (button.dataset.look === 'theme') {
        const theme = isDark() ? 'light' : 'dark';
        keep('theme', theme);
        document.documentElement.dataset.theme = theme;
        return;
      }
      keep('lang', button.value);
      const address = new URL(location.href);
      address.searchParams.delete('lang');
      history.replaceState(null, '', address);
      location.reload();
    });
  }
}
