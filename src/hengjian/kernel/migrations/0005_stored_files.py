"""Files are encrypted and stored by a keyed digest of their content; what was stored plainly is moved."""

from django.db import migrations, models

from hengjian.kernel.stored_files import name_of, sealed_parts


def move(apps, schema_editor):
    Upload, FilePart = apps.get_model("kernel", "Upload"), apps.get_model("kernel", "FilePart")
    for pk in list(Upload.objects.order_by("pk").values_list("pk", flat=True)):
        upload = Upload.objects.get(pk=pk)
        name = name_of(upload.sha256)
        if FilePart.objects.filter(name=name).exists():
            continue
        for number, part in enumerate(sealed_parts(name, bytes(upload.data))):
            FilePart.objects.create(name=name, part=number, data=part)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0004_restraint")]

    operations = [
        migrations.CreateModel(
            name="FilePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.BinaryField(max_length=32)),
                ("part", models.PositiveIntegerField()),
                ("data", models.BinaryField()),
            ],
            options={
                "ordering": ["name", "part"],
                "constraints": [models.UniqueConstraint(fields=("name", "part"), name="filepart_once")],
            },
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RemoveField("upload", "data"),
    ]
