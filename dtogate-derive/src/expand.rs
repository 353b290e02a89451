//! The implementations for a struct.

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Fields, FieldsNamed, Ident, LitStr, Result, Type};

use crate::attributes::{OfClass, OfKey};

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let class = OfClass::read(&input.attrs)?;
    if !input.generics.params.is_empty() {
        return Err(Error::new(input.generics.span(), "expected a class without parameters, found a generic struct"));
    }
    let name = &input.ident;
    let Data::Struct(data) = &input.data else {
        return Err(Error::new(name.span(), "expected a struct, found an enum or a union"));
    };
    let missing = |setting: &str| Error::new(name.span(), format!("expected #[dto({setting} = \"...\")] on {name}"));
    let class_name = class.name.as_ref().ok_or_else(|| missing("name"))?;
    let source = class.source.as_ref().ok_or_else(|| missing("source"))?;
    let doc = &class.doc;
    let unknown = option(class.unknown.as_ref().map(|word| quote!(::dtogate::java::config::Unknown::#word)));
    let include = option(class.include.as_ref().map(|word| quote!(::dtogate::java::config::Include::#word)));
    let table = |body: TokenStream| {
        quote! {
            ::dtogate::model::Class {
                name: ::dtogate::model::Str::Borrowed(#class_name),
                doc: ::dtogate::model::Str::Borrowed(#doc),
                source: ::dtogate::model::Str::Borrowed(#source),
                unknown: #unknown,
                include: #include,
                body: #body,
            }
        }
    };
    match &data.fields {
        Fields::Named(fields) => object(name, fields, table),
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Ok(newtype(name, &fields.unnamed[0].ty, table)),
        Fields::Unnamed(_) | Fields::Unit => {
            Err(Error::new(name.span(), "expected named fields, or one unnamed field for a body of another type"))
        }
    }
}

/// A class with keys.
fn object(name: &Ident, fields: &FieldsNamed, table: impl Fn(TokenStream) -> TokenStream) -> Result<TokenStream> {
    let mut keys = Vec::new();
    let mut idents = Vec::new();
    let mut names: Vec<(String, proc_macro2::Span)> = Vec::new();
    for field in &fields.named {
        let Some(ident) = &field.ident else { continue };
        let of_key = OfKey::read(&field.attrs)?;
        let wire = of_key.name.as_ref().map_or_else(|| camel_case(&ident.to_string()), LitStr::value);
        for (other, span) in std::iter::once((wire.clone(), ident.span()))
            .chain(of_key.aliases.iter().map(|alias| (alias.value(), alias.span())))
        {
            if names.iter().any(|(known, _)| *known == other) {
                return Err(Error::new(span, format!("expected keys that differ, found {other:?} twice")));
            }
            names.push((other, span));
        }
        keys.push(key(&field.ty, &wire, &of_key));
        idents.push(ident);
    }
    let table = table(quote!(::dtogate::model::Body::Keys(::dtogate::model::Seq::Borrowed(&KEYS))));
    let (count, places) = (keys.len(), 0..keys.len());
    let places_mut = places.clone();
    Ok(quote! {
        impl ::dtogate::model::Typed for #name {
            const TYPE: ::dtogate::model::Type =
                ::dtogate::model::Type::Class(::dtogate::model::ClassRef::Static(<Self as ::dtogate::model::Dto>::class));
        }
        impl ::dtogate::model::Dto for #name {
            const CLASS: &'static ::dtogate::model::Class = {
                static KEYS: [::dtogate::model::Key; #count] = [#(#keys),*];
                static CLASS: ::dtogate::model::Class = #table;
                &CLASS
            };
        }
        impl ::dtogate::model::Record for #name {
            fn class(&self) -> &'static ::dtogate::model::Class {
                <Self as ::dtogate::model::Dto>::CLASS
            }
            fn get(&self, place: usize) -> ::core::option::Option<&dyn ::dtogate::model::Field> {
                match place {
                    #(#places => ::core::option::Option::Some(&self.#idents),)*
                    _ => ::core::option::Option::None,
                }
            }
            fn get_mut(&mut self, place: usize) -> ::core::option::Option<&mut dyn ::dtogate::model::Field> {
                match place {
                    #(#places_mut => ::core::option::Option::Some(&mut self.#idents),)*
                    _ => ::core::option::Option::None,
                }
            }
        }
        impl ::dtogate::model::Field for #name {
            fn read_field(
                &mut self,
                reader: &mut ::dtogate::java::reader::Reader<'_, '_>,
                node: ::dtogate::document::NodeId,
            ) -> ::core::result::Result<(), ::dtogate::java::reader::ReadError> {
                ::dtogate::java::read::read_record(self, reader, node)
            }
            fn write_field(
                &self,
                writer: &mut ::dtogate::java::writer::Writer<'_>,
            ) -> ::core::result::Result<(), ::dtogate::java::writer::WriteError> {
                ::dtogate::java::write::write_record(self, writer)
            }
            fn is_null_field(&self) -> bool {
                false
            }
        }
    })
}

/// A row of the table.
fn key(ty: &Type, wire: &str, of_key: &OfKey) -> TokenStream {
    let OfKey { doc, name, aliases, default, include, domain } = of_key;
    let explicit = name.is_some();
    let default = option(default.as_ref().map(|text| quote!(::dtogate::model::Str::Borrowed(#text))));
    let include = option(include.as_ref().map(|word| quote!(::dtogate::java::config::Include::#word)));
    let domain = option(domain.as_ref().map(|path| quote!(::dtogate::model::DomainRef::Static(&#path))));
    quote! {
        ::dtogate::model::Key {
            name: ::dtogate::model::Str::Borrowed(#wire),
            explicit: #explicit,
            doc: ::dtogate::model::Str::Borrowed(#doc),
            aliases: ::dtogate::model::Seq::Borrowed(&[#(::dtogate::model::Str::Borrowed(#aliases)),*]),
            ty: <#ty as ::dtogate::model::Typed>::TYPE,
            domain: #domain,
            default: #default,
            include: #include,
            nullable: ::core::option::Option::None,
            optional: false,
        }
    }
}

/// A class whose body is another type's.
fn newtype(name: &Ident, ty: &Type, table: impl Fn(TokenStream) -> TokenStream) -> TokenStream {
    let table = table(quote!(::dtogate::model::Body::Type(::dtogate::model::TypeRef::Static(&BODY))));
    quote! {
        impl ::dtogate::model::Typed for #name {
            const TYPE: ::dtogate::model::Type =
                ::dtogate::model::Type::Class(::dtogate::model::ClassRef::Static(<Self as ::dtogate::model::Dto>::class));
        }
        impl ::dtogate::model::Dto for #name {
            const CLASS: &'static ::dtogate::model::Class = {
                static BODY: ::dtogate::model::Type = <#ty as ::dtogate::model::Typed>::TYPE;
                static CLASS: ::dtogate::model::Class = #table;
                &CLASS
            };
        }
        impl ::dtogate::model::Field for #name {
            fn read_field(
                &mut self,
                reader: &mut ::dtogate::java::reader::Reader<'_, '_>,
                node: ::dtogate::document::NodeId,
            ) -> ::core::result::Result<(), ::dtogate::java::reader::ReadError> {
                ::dtogate::model::Field::read_field(&mut self.0, reader, node)
            }
            fn write_field(
                &self,
                writer: &mut ::dtogate::java::writer::Writer<'_>,
            ) -> ::core::result::Result<(), ::dtogate::java::writer::WriteError> {
                ::dtogate::model::Field::write_field(&self.0, writer)
            }
            fn is_null_field(&self) -> bool {
                ::dtogate::model::Field::is_null_field(&self.0)
            }
        }
    }
}

fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote!(::core::option::Option::None), |value| quote!(::core::option::Option::Some(#value)))
}

/// `gmc_number` as Java spells it: `gmcNumber`.
fn camel_case(ident: &str) -> String {
    let mut out = String::with_capacity(ident.len());
    let mut raise = false;
    for character in ident.trim_start_matches("r#").chars() {
        match character {
            '_' => raise = !out.is_empty(),
            _ if std::mem::take(&mut raise) => out.extend(character.to_uppercase()),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::camel_case;
    use crate::derive;

    /// The message of the compile error that a struct is.
    fn refusal(input: proc_macro2::TokenStream) -> String {
        let expanded = derive(input).to_string();
        assert!(expanded.contains("compile_error"), "expected a refusal, found {expanded}");
        let message = expanded.split('"').nth(1);
        message.unwrap_or_else(|| panic!("no message in {expanded}")).replace('\\', "")
    }

    #[test]
    fn keys_are_fields_in_camel_case() {
        assert_eq!(camel_case("gmc_reference_number"), "gmcReferenceNumber");
        assert_eq!(camel_case("r#type"), "type");
        assert_eq!(camel_case("_id"), "id");
    }

    #[test]
    fn a_struct_becomes_a_table() {
        let expanded = derive(quote! {
            /// An order.
            #[derive(Dto)]
            #[dto(name = "shop.Order", source = "shop", unknown = Ignore)]
            struct Order {
                /// Its number.
                order_number: Text,
                #[dto(name = "from", alias = "sender")]
                r#type: Text,
            }
        })
        .to_string();
        for part in
            ["\"shop.Order\"", "\"An order.\"", "\"orderNumber\"", "\"from\"", "\"sender\"", "Unknown :: Ignore"]
        {
            assert!(expanded.contains(part), "no {part} in {expanded}");
        }
        assert!(!expanded.contains("compile_error"), "{expanded}");
    }

    #[test]
    fn what_is_no_class_is_refused_with_what_was_expected() {
        let named = quote!(#[dto(name = "a.B", source = "c")]);
        assert_eq!(
            refusal(quote!(
                #[dto(source = "c")]
                struct B {}
            )),
            "expected #[dto(name = "
        );
        assert_eq!(refusal(quote!(#named enum B {})), "expected a struct, found an enum or a union");
        assert_eq!(
            refusal(quote!(#named struct B<T> { field: T })),
            "expected a class without parameters, found a generic struct"
        );
        assert_eq!(
            refusal(quote!(#named struct B(Text, Text);)),
            "expected named fields, or one unnamed field for a body of another type"
        );
        assert_eq!(
            refusal(quote!(
                #[dto(nam = "a.B")]
                struct B {}
            )),
            "expected name, source, unknown or include, found nam"
        );
        assert_eq!(
            refusal(quote!(#named struct B { #[dto(nullable = true)] field: Text })),
            "expected name, alias, default, include or domain, found nullable"
        );
        assert_eq!(
            refusal(quote!(
                #[dto(name = "a.B", name = "a.C")]
                struct B {}
            )),
            "expected name once, found it again"
        );
        assert_eq!(
            refusal(quote!(
                #[dto(unknown = Drop)]
                struct B {}
            )),
            "expected Ignore or Refuse, found Drop"
        );
        assert!(
            refusal(quote!(#named struct B { a: Text, #[dto(alias = "a")] b: Text })).starts_with("expected keys that")
        );
    }
}
