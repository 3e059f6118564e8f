// All kinds of pages of the generated archive: what is checked of every page is checked of these.

export const PAGES = {
  "the start": "/",
  "hits": "/?q=Seekabel",
  "hits that are hard to show": "/?q=Pr%C3%BCfstein&limit=50",
  "hits with filters": "/?q=Hafen&country=NO&country=DK&agency=-dpa&from=2012&to=2021&collapse=true",
  "hits of relaxed words": "/?q=Hafen+Quastenflosser",
  "no hits for a word that is written otherwise": "/?q=Seekabbel",
  "no hits for the filters": "/?q=Orgel&country=JP&publisher=Lahn-Post&from=2007&to=2007",
  "the values of a facet": "/facets/publisher?q=Hafen",
  "the values of a facet with levels": "/facets/agency?q=Hafen",
  "an article": "/articles/n00007?q=Hafen",
  "an article with many facts": "/articles/hard-many-facts?q=Pr%C3%BCfstein",
  "an article with a lighted passage": "/articles/hard-long-text?q=Pr%C3%BCfstein&evidence=1",
  "an article of which passages may be shown": "/articles/hard-snippet?q=Pr%C3%BCfstein",
  "an article without anything": "/articles/hard-bare",
  "the overview": "/overview",
};

/** Pages that say what went wrong, and their statuses. */
export const PROBLEMS = {
  "an article that is not there": ["/articles/nowhere", 404],
  "an article under embargo": ["/articles/hard-embargo", 403],
  "a facet that is not there": ["/facets/nothing", 400],
  "an address that is not there": ["/nowhere", 404],
  "an address that cannot be read": ["/?limit=viele", 400],
};
