//! Formats `MathML` formulas as text on one line: `p = F/A`, `x²`, `√(a + b)`.

use super::note::superscript;
use dom_query::NodeRef;

/// Maximum nesting depth of a formula. The text of deeper elements is appended without formatting.
const NESTED: usize = 40;
/// Operators written with a space on both sides.
const SPACED: &str = "=<>≤≥≠≈≡+−-±×÷∈→←↔⇒⇔∪∩∝≪≫";
/// Separators written with a space after them.
const SEPARATORS: &str = ",;";

/// Formats a `math` element as text on one line.
pub(super) fn text(node: &NodeRef<'_>) -> String {
    dateline_core::text::folded(&element(node, 0))
}

/// Formats one element of a formula as text.
fn element(node: &NodeRef<'_>, depth: usize) -> String {
    let name = node.node_name().unwrap_or_default();
    let children = node.element_children();
    if depth > NESTED || children.is_empty() {
        let own = dateline_core::text::folded(&node.text());
        return if &*name == "mo" { operator(&own) } else { own };
    }
    let part = |at: usize| children.get(at).map(|child| element(child, depth + 1)).unwrap_or_default();
    let joined =
        |between: &str| children.iter().map(|child| element(child, depth + 1)).collect::<Vec<_>>().join(between);
    match &*name {
        "mfrac" => format!("{}/{}", grouped(&part(0)), grouped(&part(1))),
        "msqrt" => format!("√{}", grouped(&joined(""))),
        "mroot" => format!("{}√{}", raised(&part(1)), grouped(&part(0))),
        "msup" | "mover" => format!("{}{}", grouped(&part(0)), raised(&part(1))),
        "msub" | "munder" => format!("{}{}", part(0), lowered(&part(1))),
        "msubsup" | "munderover" => format!("{}{}{}", part(0), lowered(&part(1)), raised(&part(2))),
        "mfenced" => format!("({})", joined(", ")),
        "mtable" => joined("; "),
        "mtr" | "mlabeledtr" => joined(", "),
        // The first child is the formula; the others repeat it in another notation.
        "semantics" => part(0),
        _ => joined(""),
    }
}

/// Formats an operator with the spaces around it.
fn operator(sign: &str) -> String {
    match sign.chars().next() {
        Some(first) if SPACED.contains(first) => format!(" {sign} "),
        Some(first) if SEPARATORS.contains(first) => format!("{sign} "),
        // Invisible operators, such as multiplication and function application.
        Some('\u{2061}'..='\u{2064}') => String::new(),
        _ => sign.to_owned(),
    }
}

/// Puts a part of a formula in parentheses if it has more than one term.
fn grouped(part: &str) -> String {
    let part = part.trim();
    let fenced = part.starts_with('(') && part.ends_with(')') && part.matches('(').count() == 1;
    let simple = !part.contains([' ', '/']) || fenced;
    if simple { part.to_owned() } else { format!("({part})") }
}

/// Formats an exponent in superscript digits, or after `^` if it contains other characters.
fn raised(part: &str) -> String {
    let part: String = part.split_whitespace().collect();
    match part.as_str() {
        "" => String::new(),
        "′" | "'" => "′".to_owned(),
        _ => {
            part.chars().map(superscript).collect::<Option<String>>().unwrap_or_else(|| format!("^{}", grouped(&part)))
        }
    }
}

/// Formats an index in subscript digits, or after `_` if it contains other characters.
fn lowered(part: &str) -> String {
    let part: String = part.split_whitespace().collect();
    let digit = |c: char| c.to_digit(10).and_then(|digit| char::from_u32(0x2080 + digit));
    match part.as_str() {
        "" => String::new(),
        _ => part.chars().map(digit).collect::<Option<String>>().unwrap_or_else(|| format!("_{}", grouped(&part))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    fn written(formula: &str) -> String {
        let document = Document::from(format!("<math>{formula}</math>"));
        text(document.select_single("math").nodes().first().unwrap())
    }

    #[test]
    fn formulas_on_one_line() {
        let f = "<mi>p</mi><mo>=</mo><mfrac><mi>F</mi><mrow><mi>A</mi><mo>+</mo><mn>1</mn></mrow></mfrac>";
        assert_eq!(written(f), "p = F/(A + 1)");
        assert_eq!(
            written("<msup><mi>x</mi><mn>2</mn></msup><mo>−</mo><msub><mi>v</mi><mn>10</mn></msub>"),
            "x² − v₁₀"
        );
        assert_eq!(
            written("<msup><mrow><mo>(</mo><mi>a</mi><mo>+</mo><mi>b</mi><mo>)</mo></mrow><mi>n</mi></msup>"),
            "(a + b)^n"
        );
        let two = "<semantics><msqrt><mi>h</mi></msqrt><annotation encoding='application/x-tex'>\\sqrt h</annotation></semantics>";
        assert_eq!(written(two), "√h");
        assert_eq!(written("<mi>f</mi><mo>\u{2061}</mo><mfenced><mi>x</mi><mi>y</mi></mfenced>"), "f(x, y)");
    }
}
