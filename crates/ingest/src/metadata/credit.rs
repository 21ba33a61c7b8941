//! Finds the picture credit of a caption: "(AFP photo)", "Photograph: …", "Jane Doe/Getty Images".

use crate::lexicon::{PICTURE_NOUNS, PICTURE_ORIGINS, WEAK_LABELS};
use dateline_core::text::Span;
use foldhash::HashSet;
use std::sync::LazyLock;

/// Maximum length of a credit, in bytes.
const MAX_LENGTH: usize = 120;
/// Maximum length of a caption, in bytes. At the end of a longer text, a credit is only a mention.
const MAX_CAPTION_LENGTH: usize = 900;

/// Words from the list of picture credits, in lower case.
#[derive(Debug, Default)]
struct CreditLexicon {
    agencies: HashSet<String>,
    labels: HashSet<String>,
    openings: Vec<String>,
}

static WORDS: LazyLock<CreditLexicon> = LazyLock::new(|| {
    let mut words = CreditLexicon::default();
    for line in include_str!("../../assets/lexicon/picture_credits.txt").lines() {
        match line.split_once('\t') {
            Some(("agency", name)) => drop(words.agencies.insert(name.to_lowercase())),
            Some(("label", label)) => drop(words.labels.insert(label.to_owned())),
            Some(("opening", opening)) => words.openings.push(opening.to_owned()),
            _ => {}
        }
    }
    words
});

/// Evidence that a line is a caption.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CaptionMark {
    /// The line ends with a credit. The span excludes any brackets.
    Credit(Span),
    /// The line consists of a credit. The span excludes any brackets.
    CreditOnly(Span),
    /// The line begins like a caption.
    Opening,
}

/// Returns the evidence that a line is a caption, if any.
#[must_use]
pub(crate) fn find(line: &str) -> Option<CaptionMark> {
    let trimmed = line.trim_end();
    if trimmed.is_empty() || trimmed.len() > MAX_CAPTION_LENGTH {
        return None;
    }
    let credit = bracketed(trimmed)
        .or_else(|| labelled(trimmed))
        .or_else(|| slashed(trimmed))
        .or_else(|| agency_last(trimmed))
        .or_else(|| owner_last(trimmed));
    let Some(credit) = credit else { return opens(trimmed).then_some(CaptionMark::Opening) };
    let before = trimmed[..credit.start].trim_matches(|letter: char| !letter.is_alphanumeric());
    Some(if before.is_empty() { CaptionMark::CreditOnly(credit) } else { CaptionMark::Credit(credit) })
}

/// Finds a credit in brackets at the end of a line.
fn bracketed(line: &str) -> Option<Span> {
    let line_end = line.trim_end_matches('.');
    let (open, close) = if line_end.ends_with(')') {
        ('(', ')')
    } else if line_end.ends_with(']') {
        ('[', ']')
    } else {
        return None;
    };
    let inside_end = line_end.len() - close.len_utf8();
    let start = line_end.rfind(open)? + open.len_utf8();
    let span = Span::new(start, inside_end).trimmed(line);
    let inside = span.of(line);
    // "[Image: the drill in December. Credit: Ode]" is a complete caption in brackets. Its credit follows the last
    // label.
    if let Some(credit) = labelled(inside).filter(|credit| credit.start > 0 && span.start <= open.len_utf8()) {
        return Some(Span::new(span.start + credit.start, span.start + credit.end));
    }
    // "[File: The crane is raised at Port Anselm, May 2, 2020. Ada Quill/EPA]" ends with a credit without a label.
    if span.start <= open.len_utf8()
        && let Some(credit) =
            slashed(inside).or_else(|| agency_last(inside)).filter(|credit| has_sentence(&inside[..credit.start]))
    {
        return Some(Span::new(span.start + credit.start, span.start + credit.end));
    }
    (inside.len() <= MAX_LENGTH && (is_credit(inside) || is_own_picture(inside))).then_some(span)
}

/// Returns whether the text before a credit is a sentence, rather than only a label: "File: The wreck is raised."
fn has_sentence(words: &str) -> bool {
    const MIN_LENGTH: usize = 4;
    words.trim_end().ends_with('.') && words.split_whitespace().count() > MIN_LENGTH
}

/// Returns whether a text is a name followed by a word for pictures: "Echo photo", "Jane Doe file photo".
fn is_own_picture(words: &str) -> bool {
    let mut rest: Vec<&str> = words.split_whitespace().collect();
    let pictured = rest.pop().is_some_and(|last| PICTURE_NOUNS.contains(&last.to_lowercase()));
    rest.pop_if(|word| PICTURE_ORIGINS.contains(word));
    pictured && (1..=4).contains(&rest.len()) && rest.iter().all(|word| word.starts_with(char::is_uppercase))
}

/// Returns whether a text is a credit even without a caption before it.
fn is_credit(words: &str) -> bool {
    let lower = words.to_lowercase();
    let plain = lower.trim_matches(|letter: char| !letter.is_alphanumeric());
    if is_agency(plain) || WORDS.labels.contains(plain) {
        return true;
    }
    if let Some((label, rest)) = split_label(&lower) {
        return !rest.is_empty() || is_agency(label);
    }
    let parts: Vec<&str> =
        plain.split(['/', ',', '|', ';', '-']).flat_map(|part| part.split(" via ")).map(str::trim).collect();
    // For example, "AP Photo/Alan Diaz", "AFP photo" or "Getty Images/iStock".
    let agency = |part: &str| {
        let part = part.trim_start_matches("by ").trim();
        is_agency(part)
            || part.rsplit_once(' ').is_some_and(|(name, kind)| WORDS.labels.contains(kind) && is_agency(name))
            || part.rsplit_once(' ').is_some_and(|(_, last)| last.len() > 2 && parts.len() > 1 && is_agency(last))
            || part.ends_with("getty images")
    };
    parts.iter().any(|part| agency(part)) && parts.iter().all(|part| part.split(' ').count() <= 6)
}

fn is_agency(words: &str) -> bool {
    WORDS.agencies.contains(words) || words.strip_prefix("the ").is_some_and(|words| WORDS.agencies.contains(words))
}

/// Splits "photo by Jane Doe" into its label and the rest. Chooses the longest listed label that ends with "by", "of",
/// "via" or "courtesy", or is followed by a colon, ellipsis, dash or bar.
fn split_label(lower: &str) -> Option<(&str, &str)> {
    let mut best = None;
    for (at, letter) in lower.char_indices().chain([(lower.len(), ' ')]) {
        if at > 24 {
            break;
        }
        if letter.is_alphanumeric() {
            continue;
        }
        let label = &lower[..at];
        let rest = &lower[at..];
        let closed = rest.starts_with([':', '…', '-', '–', '|'])
            || rest.starts_with("..")
            || rest.starts_with(" |")
            || rest.starts_with(" -");
        let worded =
            label.ends_with(" by") || label.ends_with(" of") || label.ends_with(" via") || label.ends_with("courtesy");
        if WORDS.labels.contains(label) && (closed || worded) {
            best = Some((label, rest.trim_start_matches(|letter: char| !letter.is_alphanumeric())));
        }
    }
    best
}

/// Returns whether the last word is a single letter. A full stop after an initial does not end a sentence.
fn is_initial(words: &str) -> bool {
    let mut last = words.chars().rev();
    last.next().is_some_and(char::is_alphabetic) && last.next().is_none_or(|before| !before.is_alphanumeric())
}

/// Finds a credit with a label near the end of a line.
fn labelled(line: &str) -> Option<Span> {
    let mut from = line.len().saturating_sub(MAX_LENGTH);
    while !line.is_char_boundary(from) {
        from += 1;
    }
    let mut fresh = true;
    for (at, letter) in line[from..].char_indices() {
        let here = from + at;
        // A label is at the beginning of the line or of a sentence. If text nodes were joined, no space precedes it
        // ("it.Credit: …").
        if letter.is_uppercase()
            && (fresh || here > 0 && line[..here].ends_with(|c: char| c.is_lowercase() || ".!?)”\"".contains(c)))
        {
            let lower = line[here..].to_lowercase();
            if let Some((label, rest)) = split_label(&lower) {
                let names = rest.split_whitespace().count();
                let weak = WEAK_LABELS.contains(label);
                let sentence = rest.trim_end_matches('.').match_indices(". ").any(|(at, _)| !is_initial(&rest[..at]));
                if (1..=12).contains(&names)
                    && !sentence
                    && (!weak || here > 0 || is_credit(rest))
                    && looks_like_names(&line[here..])
                {
                    return Some(Span::new(here, line.len()));
                }
            }
        }
        fresh = if letter == ' ' {
            here > 0 && line[..here].ends_with(['.', '!', '?', '”', '"', ')', '|'])
        } else {
            false
        };
    }
    None
}

/// Returns whether most of the words after a label are capitalised, as in names.
fn looks_like_names(words: &str) -> bool {
    let words = words.split_once([':', '…']).map_or(words, |(_, names)| names);
    let (mut all, mut capital) = (0, 0);
    for word in words
        .split(|letter: char| letter.is_whitespace() || letter == '/')
        .filter(|word| word.starts_with(char::is_alphanumeric) || word.starts_with('@'))
    {
        all += 1;
        capital += usize::from(!word.starts_with(char::is_lowercase));
    }
    all > 0 && capital * 3 >= all * 2 - 1
}

/// Finds "REUTERS/Jane Doe", "AP Photo/Jane Doe" or "Jane Doe/Getty Images" at the end of a line.
fn slashed(line: &str) -> Option<Span> {
    let line_end = line.trim_end_matches(['.', ' ']);
    let slash = line_end.rfind('/')?;
    let after = &line_end[slash + 1..];
    let name_like = |words: &str, most: usize| {
        let count = words.split_whitespace().count();
        (1..=most).contains(&count)
            && words
                .split_whitespace()
                .all(|word| word.starts_with(char::is_uppercase) || word == "via" || word == "for")
    };
    if !name_like(after, 6) {
        return None;
    }
    let before = &line_end[..slash];
    let last = before.rsplit(' ').next().unwrap_or_default();
    let last_two_at = before.len() - last.len();
    let two = before[..last_two_at]
        .trim_end()
        .rsplit(' ')
        .next()
        .map_or(last_two_at, |word| before[..last_two_at].trim_end().len() - word.len());
    if is_agency(&last.rsplit('/').next().unwrap_or_default().to_lowercase()) {
        return Some(Span::new(last_two_at, line_end.len()));
    }
    if is_credit(&before[two..]) {
        return Some(Span::new(two, line_end.len()));
    }
    if is_agency(&after.to_lowercase()) || after.ends_with("Images") {
        let name = sentence_start(before).max(two_words_back(before));
        return Some(Span::new(name, line_end.len()));
    }
    None
}

/// Returns the byte offset at which the last two capitalised words of `text` begin.
fn two_words_back(text: &str) -> usize {
    let mut start = text.len();
    let mut rest = text;
    for _ in 0..2 {
        let word = rest.trim_end().rsplit(' ').next().unwrap_or_default();
        if !word.starts_with(char::is_uppercase) {
            break;
        }
        start = rest.trim_end().len() - word.len();
        rest = &rest[..start];
    }
    start
}

/// Returns the byte offset at which the last sentence of `text` begins.
fn sentence_start(text: &str) -> usize {
    text.rfind(". ").map_or(0, |at| at + 2)
}

/// Finds an agency or short credit at the end of a line, as its last sentence or after its last bar.
fn agency_last(line: &str) -> Option<Span> {
    let line_end = line.trim_end_matches('.');
    let start = sentence_start(line_end);
    let last = line_end[start..].trim_start_matches(['©', ' ', '|']);
    let span = Span::new(line_end.len() - last.len(), line_end.len());
    let short = last.len() <= MAX_LENGTH;
    if short && (is_agency(&last.to_lowercase()) || last.split(' ').count() <= 5 && is_credit(last)) {
        return Some(span);
    }
    let bar = line_end.rfind('|').map(|at| line_end[at + 1..].trim());
    if let Some(name) = bar.filter(|name| is_credit(name)) {
        return Some(Span::new(line_end.len() - name.len(), line_end.len()));
    }
    // Some captions have no full stop before "Getty Images".
    line_end.ends_with("Getty Images").then(|| Span::new(line_end.len() - "Getty Images".len(), line_end.len()))
}

/// Finds the owner of a picture at the end of a caption: "The lamp room. © Jane Doe". Words must precede the sign, because a
/// copyright notice by itself is that of the page, and so is one with a year.
fn owner_last(line: &str) -> Option<Span> {
    const MAX_WORDS: usize = 5;
    let (caption, owner) = line.rsplit_once('©')?;
    let owner = owner.trim();
    let is_name = |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(|letter| !letter.is_numeric());
    let words = owner.split([' ', '/']).filter(|word| !word.is_empty());
    let named = (1..=MAX_WORDS).contains(&words.clone().count()) && words.clone().all(is_name);
    let captioned = caption.split_whitespace().count() > 2;
    (named && captioned).then(|| Span::new(line.len() - owner.len(), line.len()))
}

/// Returns whether a line begins like a caption: with a word such as "caption" before a colon, or with a phrase such as
/// "in this photo" before a space or comma.
fn opens(line: &str) -> bool {
    let mut end = line.len().min(40);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let lower = line[..end].to_lowercase();
    let lower = lower.trim_start_matches(['[', '(']);
    WORDS.openings.iter().any(|opening| {
        lower.strip_prefix(opening.as_str()).is_some_and(|rest| {
            rest.starts_with(':')
                || (opening.contains("photo") && opening.contains(' ') && rest.starts_with([' ', ',']))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credit(line: &str) -> Option<&str> {
        match find(line)? {
            CaptionMark::Credit(span) | CaptionMark::CreditOnly(span) => Some(span.of(line)),
            CaptionMark::Opening => None,
        }
    }

    #[test]
    fn a_caption_in_brackets_has_its_credit_after_the_last_label() {
        let caption = "[Image: Ada Quill mends a net at Port Anselm in June 2021. Credit: Harbour Press / O. Lunt]";
        assert_eq!(credit(caption), Some("Credit: Harbour Press / O. Lunt"));
    }

    #[test]
    fn a_labelled_caption_in_brackets_is_not_all_credit() {
        let caption = "[File: The crane is raised at Port Anselm, May 2, 2020. Ada Quill/EPA]";
        assert_eq!(credit(caption), Some("Ada Quill/EPA"));
    }

    #[test]
    fn credits_in_brackets() {
        assert_eq!(credit("Boats in the harbour on Monday. (AFP photo)"), Some("AFP photo"));
        assert_eq!(credit("Boats in the harbour, May 3, 2024. (Photo by Reuters)"), Some("Photo by Reuters"));
        assert_eq!(credit("The mayor leaves the hall [File: Jane Doe/AP]"), Some("File: Jane Doe/AP"));
        assert_eq!(credit("The mayor (right) in 2019. (AP Photo/Jane Doe, File)"), Some("AP Photo/Jane Doe, File"));
        assert_eq!(credit("The mayor in Eastmouth. (Jane Doe/The Echo via AP)"), Some("Jane Doe/The Echo via AP"));
        assert_eq!(credit("The moon rises. (Image credit: Jane Doe)"), Some("Image credit: Jane Doe"));
        assert_eq!(credit("The moon rises. (Source: NASA)"), Some("Source: NASA"));
        assert_eq!(credit("The quay on 4 March. (Echo photo)"), Some("Echo photo"));
        assert_eq!(credit("The quay. (Photo via Mayor’s Office)"), Some("Photo via Mayor’s Office"));
    }

    #[test]
    fn credits_after_a_label() {
        assert_eq!(
            credit("The mayor at the quay. Photograph: Jane Doe/The Echo"),
            Some("Photograph: Jane Doe/The Echo")
        );
        assert_eq!(
            credit("The mayor at the quay.Credit...Jane Doe for The Echo"),
            Some("Credit...Jane Doe for The Echo")
        );
        assert_eq!(credit("The quay. Photo courtesy of Eastmouth Museum"), Some("Photo courtesy of Eastmouth Museum"));
        assert_eq!(credit("The quay at dawn. Courtesy of the Doe family"), Some("Courtesy of the Doe family"));
        assert_eq!(find("Photo: Jane Doe"), Some(CaptionMark::CreditOnly(Span::new(0, 15))));
        assert!(matches!(find("Image Credit: Northlight"), Some(CaptionMark::CreditOnly(_))));
    }

    #[test]
    fn credits_with_a_slash_and_bare_agencies() {
        assert_eq!(credit("Traders at work in Eastmouth, May 3, 2024. REUTERS/Jane Doe"), Some("REUTERS/Jane Doe"));
        assert_eq!(credit("Fans cheer. Jane Doe/Getty Images"), Some("Jane Doe/Getty Images"));
        assert_eq!(credit("Fans cheer in the rain Getty Images"), Some("Getty Images"));
        assert!(matches!(find("Shutterstock"), Some(CaptionMark::CreditOnly(_))));
    }

    #[test]
    fn the_owner_of_a_picture_follows_a_copyright_sign() {
        assert_eq!(credit("Ada Quill in the lamp room last month. © Fergus Hay"), Some("Fergus Hay"));
        assert_eq!(credit("The quay at dawn © Jane Doe/Harbour Press"), Some("Jane Doe/Harbour Press"));
        assert_eq!(find("© Jane Doe"), None);
        assert_eq!(find("All texts are © 2024 Eastmouth Echo"), None);
        assert_eq!(find("The mark © means that a text has an owner."), None);
    }

    #[test]
    fn sentences_of_a_story_are_no_captions() {
        assert_eq!(find("The council (which met twice) agreed."), None);
        assert_eq!(find("He told Reuters that the quay would close."), None);
        assert_eq!(find("The company sold its stake to the bank (again)."), None);
        assert_eq!(find("The ship carried wheat and/or barley."), None);
        assert_eq!(find("She gave him credit for the plan: it worked."), None);
    }

    #[test]
    fn openings_mark_captions_without_credit() {
        assert_eq!(find("FILE PHOTO: Boats in the harbour"), Some(CaptionMark::Opening));
        assert_eq!(find("Above: A crane on the quay."), Some(CaptionMark::Opening));
        assert_eq!(find("In this photo taken on May 3, boats lie at the quay."), Some(CaptionMark::Opening));
    }
}
