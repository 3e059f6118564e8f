//! Makes articles: each from its number alone, so that an archive of ten thousand is the beginning
//! of one of a million.

use super::material::{Material, Piece};
use crate::archive::Article;
use crate::random::{Random, Zipf};

/// Number of different values of the facets.
pub(super) const PUBLISHERS: usize = 60;
pub(super) const AGENCIES: usize = 40;
pub(super) const COUNTRIES: usize = 80;
/// Number of months, and the year of the first.
pub(super) const MONTHS: usize = 120;
const FIRST_YEAR: usize = 2016;
/// Of 100 articles so many are copies of one of the so many before.
const COPIES: usize = 8;
const BEFORE: u64 = 2_000;
/// Of 100 sentences of an article so many are about its topic, whatever else the others are.
const ON_TOPIC: usize = 65;
/// Of 1,000 nouns so many are replaced: by one of the topic, by any, by a new compound.
const REPLACED: [usize; 3] = [150, 40, 30];
/// Of 100 values so many belong to the topic.
const OF_TOPIC: usize = 45;

/// A writer of articles.
pub(super) struct Author {
    material: Material,
    seed: u64,
    topics: Zipf,
    nouns: Zipf,
    publishers: Zipf,
    agencies: Zipf,
    countries: Zipf,
}

/// What is told before it is put on paper.
struct Draft {
    topic: usize,
    title: String,
    sentences: Vec<String>,
    month: usize,
}

impl Author {
    pub(super) fn new(material: Material, seed: u64) -> Author {
        Author {
            topics: Zipf::new(material.topics.len(), 0.7),
            nouns: Zipf::new(material.nouns.len(), 0.75),
            publishers: Zipf::new(PUBLISHERS, 1.0),
            agencies: Zipf::new(AGENCIES, 1.1),
            countries: Zipf::new(COUNTRIES, 1.05),
            material,
            seed,
        }
    }

    /// The article with a number.
    pub(super) fn article(&self, number: u64) -> Article {
        let mut random = Random::new(self.seed, number);
        let draft = if number > 0 && random.percent(COPIES) {
            let back = 1 + random.below(number.min(BEFORE) as usize);
            let mut draft = self.draft(number - back as u64);
            self.change(&mut draft, &mut random);
            draft
        } else {
            self.draft(number)
        };
        let topic = draft.topic;
        let mut body = String::new();
        for (place, sentence) in draft.sentences.iter().enumerate() {
            body.push_str(match place {
                0 => "",
                place if place % 4 == 0 => "\n",
                _ => " ",
            });
            body.push_str(sentence);
        }
        let day = 1 + random.below(28);
        let publisher = self.value(topic, &self.publishers, &mut random);
        // As often as one number of the list is drawn.
        let agencies = *random.one(&[0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 4]);
        let countries = *random.one(&[0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5]);
        Article {
            id: format!("{number:09}"),
            title: draft.title,
            body,
            date: format!("{}-{day:02}", month(draft.month)),
            publisher: name("blatt", publisher),
            agencies: self.values("agentur", agencies, topic, &self.agencies, &mut random),
            countries: self.values("land", countries, topic, &self.countries, &mut random),
        }
    }

    /// What the article with a number tells unless it is a copy.
    fn draft(&self, number: u64) -> Draft {
        let mut random = Random::new(!self.seed, number);
        let topic = self.topics.draw(&mut random);
        let peak = Random::new(self.seed, topic as u64).below(MONTHS);
        let month = match random.percent(50) {
            true => (peak + random.below(4) + random.below(4)).min(MONTHS - 1),
            false => random.below(MONTHS),
        };
        let many = 6 + random.below(12) + random.below(16);
        let mut sentences: Vec<String> = Vec::with_capacity(many);
        while sentences.len() < many {
            let place = match random.percent(ON_TOPIC) {
                true => self.on_topic(topic, &mut random),
                false => random.below(self.material.sentences.len()),
            };
            sentences.push(self.tell(place, topic, &mut random));
            if random.percent(35) && place + 1 < self.material.sentences.len() {
                sentences.push(self.tell(place + 1, topic, &mut random));
            }
        }
        let title = self.on_topic(topic, &mut random);
        let title = self.tell(title, topic, &mut random);
        let words: Vec<&str> = title.split_whitespace().take(5 + random.below(5)).collect();
        Draft {
            topic,
            title: words.join(" "),
            sentences,
            month,
        }
    }

    /// Changes what is copied: a few sentences are left out, one may be new.
    fn change(&self, draft: &mut Draft, random: &mut Random) {
        for _ in 0..1 + random.below(3) {
            draft.sentences.remove(random.below(draft.sentences.len()));
        }
        if random.percent(50) {
            let place = self.on_topic(draft.topic, random);
            let new = self.tell(place, draft.topic, random);
            let place = random.below(draft.sentences.len() + 1);
            draft.sentences.insert(place, new);
        }
    }

    /// A sentence of a topic.
    fn on_topic(&self, topic: usize, random: &mut Random) -> usize {
        let topic = &self.material.topics[topic];
        topic.start + random.below(topic.len())
    }

    /// A sentence with other nouns and numbers.
    fn tell(&self, sentence: usize, topic: usize, random: &mut Random) -> String {
        let mut told = String::new();
        for piece in &self.material.sentences[sentence] {
            match piece {
                Piece::Text(text) => told.push_str(text),
                Piece::Noun(noun) => self.tell_noun(*noun, topic, random, &mut told),
                Piece::Number(digits) => {
                    let least = match digits {
                        1 => 0,
                        _ => 10_usize.pow(*digits as u32 - 1),
                    };
                    let number = least + random.below(10_usize.pow(*digits as u32) - least);
                    told.push_str(&number.to_string());
                }
            }
        }
        told
    }

    fn tell_noun(&self, noun: usize, topic: usize, random: &mut Random, told: &mut String) {
        let nouns = &self.material.nouns;
        let drawn = random.below(1_000);
        let [near, any, compound] = REPLACED;
        if drawn < near {
            told.push_str(&nouns[self.noun_of(topic, random).unwrap_or(noun)]);
        } else if drawn < near + any {
            told.push_str(&nouns[self.nouns.draw(random)]);
        } else if drawn < near + any + compound {
            let (first, last) = (
                &nouns[self.nouns.draw(random)],
                &nouns[self.nouns.draw(random)],
            );
            told.push_str(first);
            if ["ung", "heit", "keit", "ion", "schaft"]
                .iter()
                .any(|end| first.ends_with(end))
            {
                told.push('s');
            }
            told.push_str(&last.to_lowercase());
        } else {
            told.push_str(&nouns[noun]);
        }
    }

    /// A noun from some sentence of a topic, if that has one.
    fn noun_of(&self, topic: usize, random: &mut Random) -> Option<usize> {
        let sentence = &self.material.sentences[self.on_topic(topic, random)];
        let nouns = sentence.iter().filter_map(|piece| match piece {
            Piece::Noun(noun) => Some(*noun),
            _ => None,
        });
        let nouns: Vec<usize> = nouns.collect();
        (!nouns.is_empty()).then(|| *random.one(&nouns))
    }

    /// A value of a facet: often one of the four that a topic prefers.
    fn value(&self, topic: usize, values: &Zipf, random: &mut Random) -> usize {
        if random.percent(OF_TOPIC) {
            let kind = random.below(4) * 1_000_000;
            values.draw(&mut Random::new(self.seed, (topic + kind) as u64))
        } else {
            values.draw(random)
        }
    }

    /// Up to so many different values.
    fn values(
        &self,
        kind: &str,
        most: usize,
        topic: usize,
        values: &Zipf,
        random: &mut Random,
    ) -> Vec<String> {
        let mut drawn: Vec<usize> = Vec::new();
        for _ in 0..most {
            let value = self.value(topic, values, random);
            if !drawn.contains(&value) {
                drawn.push(value);
            }
        }
        drawn.into_iter().map(|value| name(kind, value)).collect()
    }
}

/// The name of a value.
pub(super) fn name(kind: &str, value: usize) -> String {
    format!("{kind}-{:02}", value + 1)
}

/// A month, as `2024-05`.
pub(super) fn month(number: usize) -> String {
    format!("{}-{:02}", FIRST_YEAR + number / 12, number % 12 + 1)
}
